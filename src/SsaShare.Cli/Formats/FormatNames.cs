using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Formats by the names that people give.</summary>
internal static class FormatNames
{
    /// <returns>Null when none is named.</returns>
    /// <exception cref="FormatException">No format that is read has that name.</exception>
    public static FileFormat? FindReadable(string? name) => Find(name, format => format.CanRead, "read");

    /// <returns>Null when none is named.</returns>
    /// <exception cref="FormatException">No format that is written has that name.</exception>
    public static FileFormat? FindWritable(string? name) => Find(name, format => format.CanWrite, "written");

    /// <summary>What a file is written as when nobody says: what its name ends in, as far as that tells.</summary>
    /// <param name="from">Format of the first file that is read.</param>
    /// <param name="fileName">Of the file that is written; null for standard output.</param>
    /// <exception cref="FormatException">It cannot be told.</exception>
    public static FileFormat Guess(FileFormat from, string? fileName)
    {
        List<FileFormat> targets = [.. FormatCatalog.Default.TargetsOf(from)];
        List<FileFormat> named = fileName is null ? [] : [.. targets.Where(format => FormatCatalog.HasExtension(fileName, format))];
        // A name that ends in .xml or .json does not say which: of the same family, of the same message, one message rather than several.
        foreach (var isLikelier in (Func<FileFormat, bool>[])[format => format.GetType() == from.GetType(), format => Message(format) == Message(from), format => !format.Name.Contains("ndm", StringComparison.Ordinal)])
            if (named.Count > 1 && named.Exists(format => isLikelier(format))) named = [.. named.Where(isLikelier)];
        return named.Count == 1 ? named[0] : throw new FormatException($"--to is missing: {from.Name} can be written as {string.Join(", ", targets.Select(format => format.Name))}.");
    }

    /// <exception cref="FormatException">There is no way.</exception>
    public static void RequireWay(FileFormat from, FileFormat to)
    {
        List<FileFormat> targets = [.. FormatCatalog.Default.TargetsOf(from)];
        if (!targets.Exists(format => format.Name == to.Name)) throw new FormatException($"{from.Name} cannot be written as {to.Name}, only as {string.Join(", ", targets.Select(format => format.Name))}.");
    }

    private static string Message(FileFormat format) => format.Name.Split('-')[0];

    private static FileFormat? Find(string? name, Predicate<FileFormat> can, string what)
    {
        if (name is null) return null;
        return FormatCatalog.Default.Find(name) is { } format && can(format)
            ? format
            : throw new FormatException($"'{name}' is not a format that is {what}: {string.Join(", ", FormatCatalog.Default.Formats.Where(one => can(one)).Select(one => one.Name))}.");
    }
}
