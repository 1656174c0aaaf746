using System.Runtime.CompilerServices;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// A node's log with all that is needed to check it offline, as lines of JSON: first the head (card, pinned cards, checkpoint), then one
/// line for each entry. Streamed both ways, so that its size does not matter.
/// </summary>
public static class EvidenceBundle
{
    public const string Type = "ssashare/evidence/v1";

    /// <summary>Longest line read, bytes: an agreement's envelope fits several times.</summary>
    public const int LongestLine = 8 * 1024 * 1024;

    /// <param name="head">Card, pinned cards and checkpoint.</param>
    /// <param name="entries">All entries up to the checkpoint's size.</param>
    public static async IAsyncEnumerable<byte[]> WriteAsync(EvidenceHead head, IAsyncEnumerable<LogEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Line(new HeadLine(Type, head.NodeCard, head.PinnedCards, head.Checkpoint));
        await foreach (var entry in entries.WithCancellation(cancellationToken))
            yield return Line(new EntryLine(entry.Index, entry.Event.Kind, entry.Time, entry.Salt.ToArray(), entry.Event.Body.ToArray()));
    }

    /// <exception cref="InvalidDataException">The first line is not a bundle's head.</exception>
    public static EvidenceHead ReadHead(string? line)
        => line is not null && TryRead<HeadLine>(line) is { Type: Type } head
            ? new EvidenceHead(head.NodeCard, head.PinnedCards, head.Checkpoint)
            : throw new InvalidDataException("line 1: this is not an evidence bundle of SsaShare.");

    /// <exception cref="InvalidDataException">A line is not an entry.</exception>
    public static LogEntry ReadEntry(string line, long lineNumber)
        => line.Length <= LongestLine && TryRead<EntryLine>(line) is { } entry && entry.Salt.Length == 16
            ? new LogEntry(entry.Index, new LogEvent(entry.Kind, entry.Body), entry.Salt, entry.Time)
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

    private sealed record HeadLine(string Type, byte[] NodeCard, IReadOnlyList<byte[]> PinnedCards, string Checkpoint);

    private sealed record EntryLine(long Index, string Kind, Epoch Time, byte[] Salt, byte[] Body);
}

/// <summary>What a bundle begins with.</summary>
/// <param name="NodeCard">The node's own signed card.</param>
/// <param name="PinnedCards">Signed cards of the peers that it pins.</param>
/// <param name="Checkpoint">Signed note for the size of the log that follows.</param>
public sealed record EvidenceHead(byte[] NodeCard, IReadOnlyList<byte[]> PinnedCards, string Checkpoint);
