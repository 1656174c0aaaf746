using System.Text;

namespace SsaShare.Formats;

/// <summary>The formats that files are read and written in, and the ways between them. Immutable.</summary>
public sealed class FormatCatalog(IReadOnlyList<FileFormat> formats, IReadOnlyList<FormatBridge> bridges)
{
    private static readonly string[] CompressedEndings = [".gz", ".zst"];

    /// <summary>All that this library knows.</summary>
    public static FormatCatalog Default { get; } = new(
        [
            // omm-json is what the catalogs publish and other programs read; the message in the structure of its XML needs another name.
            .. NdmFormats.All.Select(format => format with { Name = format.Name == "omm-json" ? "omm-ndm-json" : format.Name, IsRecord = IsRecord, Facts = Facts }),
            .. ElementFormats.All,
            .. SpaceObservationFormats.All,
            .. EphemerisFormats.All.Select(format => format with { IsRecord = static item => item is EphemerisPoint }),
        ],
        [
            new FormatBridge<MeanElements, NdmEvent>("omm", MeanElementsNdm.ToNdm),
            new FormatBridge<NdmEvent, MeanElements>("omm", MeanElementsNdm.FromNdm),
            new FormatBridge<ObservationRecord, NdmEvent>("tdm", ObservationNdm.ToNdm),
            new FormatBridge<NdmEvent, ObservationRecord>("tdm", ObservationNdm.FromNdm),
            new FormatBridge<EphemerisItem, NdmEvent>("oem", EphemerisBridges.ToOem),
            new FormatBridge<NdmEvent, EphemerisItem>("oem", EphemerisBridges.FromOem),
        ]);

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

    /// <summary>The way from the values of one format to those of another; null where there is none.</summary>
    internal FormatBridge<TFrom, TTo>? Bridge<TFrom, TTo>(FileFormat<TFrom> from, FileFormat<TTo> to) where TFrom : class where TTo : class
        => Bridges.OfType<FormatBridge<TFrom, TTo>>().FirstOrDefault(bridge => MessageOf(from is FileFormat<NdmEvent> ? from : to) is var message && (message == "ndm" || message == bridge.Message));

    /// <summary>Whether a file is named as those of the format are, compressed or not.</summary>
    public static bool HasExtension(string fileName, FileFormat format)
    {
        foreach (string ending in CompressedEndings)
            if (fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) fileName = fileName[..^ending.Length];
        return fileName.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether one may hold what another does: messages of different kinds share the type of their parts, and no more.</summary>
    internal static bool AreAlike<T>(FileFormat<T> one, FileFormat<T> other) where T : class
        => typeof(T) != typeof(NdmEvent) || MessageOf(one) is "ndm" || MessageOf(other) is "ndm" || MessageOf(one) == MessageOf(other);

    /// <summary>Whether a format is for messages of the kinds that there are among values; of other values it is told by writing them.</summary>
    internal static bool IsFor<T>(FileFormat<T> format, List<T> values) where T : class
        => MessageOf(format) is var message && (message == "ndm" || values.TrueForAll(value => value is not NdmEvent { Kind: NdmEventKind.MessageStart } start || start.Name == message));

    private static string MessageOf(FileFormat format) => format.Name.Split('-')[0];

    /// <summary>Rows, and messages but for those that are nothing without rows.</summary>
    private static bool IsRecord(NdmEvent one) => one.Kind == NdmEventKind.Row || (one.Kind == NdmEventKind.MessageStart && one.Name is not ("tdm" or "oem"));

    /// <summary>The lines of KVN that the events are, in whatever syntax they stood. A combined message says no more than the messages in it.</summary>
    private static List<object> Facts(IEnumerable<NdmEvent> events)
    {
        var lines = new List<object>();
        var kvn = new NdmKvnLines((line, _) => lines.Add(Encoding.UTF8.GetString(line)));
        foreach (var one in events)
            if (one.Name != "ndm") kvn.Event(one);
        return lines;
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
            => catalog.Formats.Where(format => format.CanWrite && format.Accept(new Reaches<TFrom>(catalog, from)));
    }

    private sealed class Reaches<TFrom>(FormatCatalog catalog, FileFormat<TFrom> from) : IFormatVisitor<bool> where TFrom : class
    {
        public bool Visit<TTo>(FileFormat<TTo> to) where TTo : class => (from is FileFormat<TTo> same && AreAlike(same, to)) || catalog.Bridge(from, to) is not null;
    }
}
