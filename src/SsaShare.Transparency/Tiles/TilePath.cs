using System.Globalization;

namespace SsaShare.Transparency;

/// <summary>Where a tiled log keeps its tiles (C2SP tlog-tiles): tiles of up to 256 hashes, addressed by level and index.</summary>
public static class TilePath
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Highest level of a tree of less than 2^63 leaves.</summary>
    public const int MaxLevel = 7;

    /// <summary>Where the signed checkpoint stands beside the tiles.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>No path is longer, in characters.</summary>
    private const int MaxLength = 64;

    /// <summary>Path of a tile of hashes.</summary>
    /// <param name="tileLevel">0 to 7; tile level 1 holds the roots of full tiles of level 0.</param>
    /// <param name="index">From 0.</param>
    /// <param name="width">Hashes in the tile, 1 to 256.</param>
    public static string Hashes(int tileLevel, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tileLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tileLevel, MaxLevel);
        return string.Create(CultureInfo.InvariantCulture, $"tile/{tileLevel}/{Index(index)}{Partial(width)}");
    }

    /// <summary>Path of the bundle of entries under a tile of level 0.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="width">Entries in the bundle, 1 to 256.</param>
    public static string Entries(long index, int width = FullWidth) => $"tile/entries/{Index(index)}{Partial(width)}";

    /// <summary>Reads a path that one of these methods would have written for a tree of less than 2^63 leaves, and no other: one resource has one path.</summary>
    /// <param name="path">Any text.</param>
    /// <param name="address">What it names.</param>
    public static bool TryParse(string path, out TileAddress address)
    {
        address = default;
        string[] parts = path.Length <= MaxLength ? path.Split('/') : [];
        if (parts.Length < 3 || parts[0] != "tile" || !TryLevel(parts[1], out int? level))
        {
            return false;
        }

        int width = FullWidth;
        if (parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= FullWidth)
            {
                return false;
            }

            parts = [.. parts[..^2], parts[^2][..^2]];
        }

        if (!TryIndex(parts.AsSpan(2), out long index))
        {
            return false;
        }

        address = new TileAddress(level, index, width);
        return address.ToString() == path && address.End <= long.MaxValue;
    }

    private static bool TryLevel(string text, out int? level)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MaxLevel;
        level = isNumber ? number : null;
        return isNumber || text == "entries";
    }

    private static bool TryIndex(ReadOnlySpan<string> groups, out long index)
    {
        index = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            string digits = i == groups.Length - 1 ? groups[i] : groups[i].StartsWith('x') ? groups[i][1..] : "";
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int group) || index > (long.MaxValue - group) / 1_000)
            {
                return false;
            }

            index = index * 1_000 + group;
        }

        return groups.Length > 0;
    }

    /// <summary>Groups of three digits, all but the last marked with an x, as directories.</summary>
    private static string Index(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        string path = (index % 1_000).ToString("d3", CultureInfo.InvariantCulture);
        for (long rest = index / 1_000; rest > 0; rest /= 1_000)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1_000:d3}/{path}");
        }

        return path;
    }

    private static string Partial(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return width == FullWidth ? "" : string.Create(CultureInfo.InvariantCulture, $".p/{width}");
    }
}
