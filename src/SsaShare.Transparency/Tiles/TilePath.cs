using System.Globalization;

namespace SsaShare.Transparency;

/// <summary>Where a tiled log keeps its tiles (C2SP tlog-tiles): tiles of up to 256 hashes, addressed by level and index.</summary>
public static class TilePath
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>Path of a tile of hashes.</summary>
    /// <param name="tileLevel">0 to 7; tile level 1 holds the roots of full tiles of level 0.</param>
    /// <param name="index">From 0.</param>
    /// <param name="width">Hashes in the tile, 1 to 256.</param>
    public static string Hashes(int tileLevel, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tileLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tileLevel, 7);
        return string.Create(CultureInfo.InvariantCulture, $"tile/{tileLevel}/{Index(index)}{Partial(width)}");
    }

    /// <summary>Path of the bundle of entries under a tile of level 0.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="width">Entries in the bundle, 1 to 256.</param>
    public static string Entries(long index, int width = FullWidth) => $"tile/entries/{Index(index)}{Partial(width)}";

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
