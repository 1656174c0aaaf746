using System.Runtime.CompilerServices;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>Observations in the formats of surveillance networks, laser stations and visual observers, and our own lines of JSON.</summary>
internal static class ObservationIngest
{
    /// <summary>One format of files for each; its name there is its name here.</summary>
    public static IReadOnlyList<IngestFormat> Formats { get; } = [.. SpaceObservationFormats.All.Select(Ingest)];

    private static IngestFormat Ingest(FileFormat<ObservationRecord> format)
        => new(format.Name, head => format.Recognise(WithoutMark(head)) >= Recognition.Likely, (reading, cancellationToken) => ReadAsync(format, reading, cancellationToken));

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> head) => head.Span.StartsWith("\uFEFF"u8) ? head[3..] : head;

    private static async IAsyncEnumerable<IngestItem> ReadAsync(FileFormat<ObservationRecord> format, IngestReading reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new ObservationReader(reading.Stream, format, new ObservationReadOptions { FileName = reading.FileName, Now = reading.Now, IsKnownSensor = reading.IsKnownSensor, KeepsRefused = true });
        await foreach (var item in reader.ReadAsync(cancellationToken))
            yield return new IngestItem(item.Observation is { } observation ? RecordFactory.Seal(observation, reading.Originator, reading.Label) : null, item.Issue, item.Refused) { Line = item.Line };
    }
}
