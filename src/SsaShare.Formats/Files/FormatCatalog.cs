namespace SsaShare.Formats;

/// <summary>The formats that files are read and written in, and the ways between them. Immutable.</summary>
public sealed class FormatCatalog(IReadOnlyList<FileFormat> formats, IReadOnlyList<FormatBridge> bridges)
{
    private static readonly string[] CompressedEndings = [".gz", ".zst"];

    /// <summary>All that this library knows.</summary>
    public static FormatCatalog Default { get; } = new([.. ElementFormats.All, .. EphemerisFormats.All], []);

    public IReadOnlyList<FileFormat> Formats { get; } = formats;

    internal IReadOnlyList<FormatBridge> Bridges { get; } = bridges;

    /// <returns>Null when no format has that name.</returns>
    public FileFormat? Find(string name) => Formats.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tells by its content what a file is. The name decides only between formats that are equally sure.</summary>
    /// <param name="fileName">Of the file; also in the issue.</param>
    /// <param name="issue">Why the format cannot be told; null when it can.</param>
    public FileFormat? Recognise(FormatSource source, string fileName, out ReadIssue? issue)
    {
        issue = source.Refusal(fileName);
        if (issue is not null) return null;
        if (source.Head.IsEmpty)
        {
            issue = Unknown(fileName, "", "the file is empty", "send the file whole");
            return null;
        }
        var sure = Formats.Where(format => format.CanRead).Select(format => (Format: format, Recognition: format.Recognise(source.Head))).Where(one => one.Recognition != Recognition.No).ToList();
        if (sure.Count == 0)
        {
            issue = Unknown(fileName, Beginning(source.Head.Span), "no format that is known here", "see the list of formats, or say which it is");
            return null;
        }
        var best = sure.Where(one => one.Recognition == sure.Max(other => other.Recognition)).Select(one => one.Format).ToList();
        if (best.Count > 1 && best.Where(format => HasExtension(fileName, format)).ToList() is { Count: > 0 } named) best = named;
        if (best.Count == 1) return best[0];
        issue = Unknown(fileName, Beginning(source.Head.Span), $"could be {string.Join(" or ", best.Select(format => format.Name))}", "say which it is");
        return null;
    }

    /// <summary>Formats that files of another can be written in, that one included.</summary>
    public IEnumerable<FileFormat> TargetsOf(FileFormat from) => from.Accept(new Targets(this));

    internal FormatBridge<TFrom, TTo>? Bridge<TFrom, TTo>() where TFrom : class where TTo : class => Bridges.OfType<FormatBridge<TFrom, TTo>>().FirstOrDefault();

    /// <summary>Whether a file is named as those of the format are, compressed or not.</summary>
    public static bool HasExtension(string fileName, FileFormat format)
    {
        foreach (string ending in CompressedEndings)
            if (fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) fileName = fileName[..^ending.Length];
        return fileName.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase);
    }

    private static ReadIssue Unknown(string fileName, string value, string reason, string remedy) => new(fileName, 1, IssueSeverity.Refused, "file", value, reason, remedy);

    private static string Beginning(ReadOnlySpan<byte> head)
    {
        head = head.TrimStart(" \t\r\n"u8);
        int end = head.IndexOfAny((byte)'\r', (byte)'\n');
        head = end < 0 ? head : head[..end];
        return ReadIssue.Show(head[..Math.Min(head.Length, 40)]);
    }

    private sealed class Targets(FormatCatalog catalog) : IFormatVisitor<IEnumerable<FileFormat>>
    {
        public IEnumerable<FileFormat> Visit<TFrom>(FileFormat<TFrom> from) where TFrom : class
            => catalog.Formats.Where(format => format.CanWrite && format.Accept(new Reaches<TFrom>(catalog)));
    }

    private sealed class Reaches<TFrom>(FormatCatalog catalog) : IFormatVisitor<bool> where TFrom : class
    {
        public bool Visit<TTo>(FileFormat<TTo> to) where TTo : class => typeof(TFrom) == typeof(TTo) || catalog.Bridge<TFrom, TTo>() is not null;
    }
}
