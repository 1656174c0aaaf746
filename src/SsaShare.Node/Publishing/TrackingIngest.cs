using System.Runtime.CompilerServices;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>CCSDS tracking data messages to observations.</summary>
internal static class TrackingIngest
{
    public static IngestFormat Format { get; } = new("TDM", _ => true, ReadAsync);

    private static async IAsyncEnumerable<IngestItem> ReadAsync(IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new TdmReader(reading.Stream, new TdmReadOptions { FileName = reading.FileName, Now = reading.Now, IsKnownSensor = reading.IsKnownSensor, KeepsRefused = true });
        await foreach (var item in reader.ReadAsync(cancellationToken))
            yield return new IngestItem(item.Observation is { } observation ? RecordFactory.Seal(observation, reading.Originator, reading.Label) : null, item.Issue, item.Refused);
    }
}
