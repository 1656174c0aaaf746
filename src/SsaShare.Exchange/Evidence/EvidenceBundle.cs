using System.Runtime.CompilerServices;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// A node's log with all that is needed to check it offline, as lines of JSON: first the head (card, checkpoint), then one line for each
/// entry. The cards of others are entries. Streamed both ways, so that its size does not matter.
/// </summary>
public static class EvidenceBundle
{
    public const string Type = "ssashare/evidence/v1";

    /// <summary>Longest line read, characters: an entry with the longest agreement fits.</summary>
    public const int LongestLine = 8 * 1024 * 1024;

    /// <param name="head">Card and checkpoint.</param>
    /// <param name="entries">All entries up to the checkpoint's size.</param>
    public static async IAsyncEnumerable<byte[]> WriteAsync(EvidenceHead head, IAsyncEnumerable<LogEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Line(new HeadLine(Type, head.NodeCard, head.Checkpoint));
        await foreach (var entry in entries.WithCancellation(cancellationToken))
            yield return Line(new EntryLine(entry.Index, entry.Event.Kind, entry.Time.NanosecondsSinceJ2000, entry.Salt.ToArray(), entry.Event.Body.ToArray()));
    }

    /// <exception cref="InvalidDataException">The first line is not a bundle's head.</exception>
    public static EvidenceHead ReadHead(string? line)
        => line is not null && TryRead<HeadLine>(line) is { Type: Type } head
            ? new EvidenceHead(head.NodeCard, head.Checkpoint)
            : throw new InvalidDataException("line 1: this is not an evidence bundle of SsaShare.");

    /// <exception cref="InvalidDataException">A line is not an entry.</exception>
    public static LogEntry ReadEntry(string line, long lineNumber)
        => TryRead<EntryLine>(line) is { } entry && entry.Salt.Length == EntryCommitment.SaltSize
            ? new LogEntry(entry.Index, new LogEvent(entry.Kind, entry.Body), entry.Salt, new Epoch(entry.TimeNs))
            : throw new InvalidDataException($"line {lineNumber}: this is not a log entry.");

    private static byte[] Line<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, DocumentJson.Strict), (byte)'\n'];

    private static T? TryRead<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, DocumentJson.Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record HeadLine(string Type, byte[] NodeCard, string Checkpoint);

    /// <param name="TimeNs">TAI nanoseconds since J2000, as the leaf commits to it.</param>
    private sealed record EntryLine(long Index, string Kind, long TimeNs, byte[] Salt, byte[] Body);
}

/// <summary>What a bundle begins with.</summary>
/// <param name="NodeCard">The node's own signed card.</param>
/// <param name="Checkpoint">Signed note for the size of the log that follows.</param>
public sealed record EvidenceHead(byte[] NodeCard, string Checkpoint);
