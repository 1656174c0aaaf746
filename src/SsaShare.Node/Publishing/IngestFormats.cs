using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;

namespace SsaShare.Node;

/// <summary>
/// The formats of files that can be published, whichever way they come. Another format is added here, in <see cref="All"/>, with its reader in a
/// file of its own beside <see cref="TrackingIngest"/>.
/// </summary>
public static class IngestFormats
{
    /// <summary>In the order in which they are tried. The last takes whatever no other wants, so that its reader says what is wrong.</summary>
    public static IReadOnlyList<IngestFormat> All { get; } = [OrbitIngest.Format, ConjunctionIngest.Format, .. ObservationIngest.Formats, .. ElementSetIngest.Formats, SensorIngest.Format, NoticeIngest.Format, TrackingIngest.Format];

    /// <param name="head">The first bytes of the file, at most <see cref="MessageFormats.HeadBytes"/>.</param>
    public static IngestFormat Of(ReadOnlyMemory<byte> head) => All.First(format => format.IsOf(head));

    /// <summary>The format with a name, as the quarantine keeps it; null when there is none any more.</summary>
    public static IngestFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}

/// <summary>One format.</summary>
/// <param name="Name">Short and permanent: the quarantine keeps it.</param>
/// <param name="IsOf">Whether a file that begins so is one.</param>
/// <param name="ReadAsync">Reads a file to its end. Total: whatever the bytes are, they end in records, issues and refused parts.</param>
public sealed record IngestFormat(string Name, Func<ReadOnlyMemory<byte>, bool> IsOf, Func<IngestReading, CancellationToken, IAsyncEnumerable<IngestItem>> ReadAsync);

/// <summary>What a reader is told.</summary>
/// <param name="Stream">From the file's first byte on.</param>
/// <param name="FileName">For issues.</param>
/// <param name="Label">The marking of every record.</param>
/// <param name="Originator">Whose records they are.</param>
/// <param name="Now">The present.</param>
/// <param name="IsKnownSensor">Whether the originator has described such a sensor.</param>
public sealed record IngestReading(Stream Stream, string FileName, SealedLabel Label, PartnerId Originator, Epoch Now, Func<SensorId, bool> IsKnownSensor);

/// <summary>One thing that a reader found: a record, an issue, or what was refused; never two of them.</summary>
public readonly record struct IngestItem(SealedRecord? Record, ReadIssue? Issue = null, RefusedPart? Refused = null)
{
    /// <summary>Where a record began, from 1.</summary>
    public long Line { get; init; } = 1;
}
