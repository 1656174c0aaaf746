using System.Runtime.CompilerServices;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>CCSDS orbit parameter and mean-elements messages to orbit states and element sets.</summary>
internal static class OrbitIngest
{
    public static IngestFormat Format { get; } = new("ODM", head => MessageFormats.Of(head.Span) == MessageFormat.Orbit, ReadAsync);

    private static async IAsyncEnumerable<IngestItem> ReadAsync(IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new OdmReader(reading.Stream, new OdmReadOptions { FileName = reading.FileName, Now = reading.Now, KeepsRefused = true });
        await foreach (var item in reader.ReadAsync(cancellationToken))
        {
            var record = item.State is { } state ? RecordFactory.Seal(state, reading.Originator, reading.Label)
                : item.Elements is { } elements ? RecordFactory.Seal(elements, reading.Originator, reading.Label)
                : null;
            yield return new IngestItem(record, item.Issue, item.Refused) { Line = item.Line };
        }
    }
}
