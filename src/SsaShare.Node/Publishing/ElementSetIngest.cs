using System.Runtime.CompilerServices;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>Element sets of two or three lines, and orbit mean-elements messages in CSV or flat JSON, to element sets.</summary>
internal static class ElementSetIngest
{
    public static IReadOnlyList<IngestFormat> Formats { get; } = 
    [
        // A line that begins as one of an element set but is cut short goes to the reader that says so.
        Of("TLE", Recognition.Possible, ElementFormats.Tle, ElementFormats.ThreeLine),
        Of("OMM-CSV", Recognition.Likely, ElementFormats.OmmCsv),
        Of("OMM-JSON", Recognition.Likely, ElementFormats.OmmJson),
    ];

    /// <param name="formats">Those that one reader reads; any of them.</param>
    private static IngestFormat Of(string name, Recognition least, params FileFormat<MeanElements>[] formats)
        => new(name, head => formats.Any(format => format.Recognise(WithoutMark(head)) >= least), (reading, cancellationToken) => ReadAsync(formats[0], reading, cancellationToken));

    private static async IAsyncEnumerable<IngestItem> ReadAsync(FileFormat<MeanElements> format, IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new ElementSetReader(reading.Stream, format, new FormatReadOptions { FileName = reading.FileName, Now = reading.Now, KeepsRefused = true });
        await foreach (var item in reader.ReadAsync(cancellationToken))
            yield return new IngestItem(item.Value is { } elements ? RecordFactory.Seal(elements, reading.Originator, reading.Label) : null, item.Issue, item.Refused) { Line = item.Line };
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> head) => head.Span.StartsWith("\uFEFF"u8) ? head[3..] : head;
}
