using System.Runtime.CompilerServices;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>CCSDS conjunction data messages.</summary>
internal static class ConjunctionIngest
{
    public static IngestFormat Format { get; } = new("CDM", head => MessageFormats.Of(head.Span) == MessageFormat.Conjunction, ReadAsync);

    private static async IAsyncEnumerable<IngestItem> ReadAsync(IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new CdmReader(reading.Stream, new CdmReadOptions { FileName = reading.FileName, Now = reading.Now, KeepsRefused = true });
        await foreach (var item in reader.ReadAsync(cancellationToken))
            yield return new IngestItem(item.Message is { } message ? RecordFactory.Seal(message, reading.Originator, reading.Label) : null, item.Issue, item.Refused) { Line = item.Line };
    }
}
