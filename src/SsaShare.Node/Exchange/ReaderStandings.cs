using System.Collections.Concurrent;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>Where readers said they stand and what they were answered, since this process started. With streams of known agreements as keys it cannot grow beyond them.</summary>
public sealed class ReaderStandings(TimeProvider time)
{
    private readonly ConcurrentDictionary<StreamKey, ReaderStanding> _readers = new();
    private readonly ConcurrentDictionary<StreamKey, (DenialReason, DateTimeOffset)> _denied = new();

    /// <summary>Null when the reader has not asked.</summary>
    public ReaderStanding? Find(StreamKey stream) => _readers.GetValueOrDefault(stream);

    /// <summary>The last denial of a stream's reader that has had no answer since; null when there is none.</summary>
    public (DenialReason Reason, DateTimeOffset At)? FindDenied(StreamKey stream) => _denied.TryGetValue(stream, out var denied) ? denied : null;

    internal void Asked(Cursor cursor, PartnerId reader)
        => _readers.AddOrUpdate(Key(cursor, reader), _ => new ReaderStanding(cursor.Positions, cursor.Manifest, time.GetUtcNow(), null, null),
            (_, before) => before with { Positions = cursor.Positions, Manifest = cursor.Manifest, AskedAt = time.GetUtcNow() });

    internal void Answered(Cursor cursor, PartnerId reader, SignedDocument manifest)
    {
        _denied.TryRemove(Key(cursor, reader), out _);
        _readers.AddOrUpdate(Key(cursor, reader), _ => new ReaderStanding(cursor.Positions, cursor.Manifest, time.GetUtcNow(), manifest, time.GetUtcNow()),
            (_, before) => before with { LastAnswer = manifest, AnsweredAt = time.GetUtcNow() });
    }

    internal void Denied(StreamKey stream, DenialReason reason) => _denied[stream] = (reason, time.GetUtcNow());

    private static StreamKey Key(Cursor cursor, PartnerId reader) => new(cursor.Agreement, reader, cursor.Priority);
}

/// <summary>A reader of a stream.</summary>
/// <param name="Positions">Of the cursor that it presented last: all before has come there; the last answer of it may still be being stored.</param>
/// <param name="Manifest">The manifest that this cursor names.</param>
/// <param name="AskedAt">When it did.</param>
/// <param name="LastAnswer">The last manifest signed for it, also one that lists nothing; null when none was.</param>
/// <param name="AnsweredAt">When that was.</param>
public sealed record ReaderStanding(LanePositions Positions, Signing.Hash256? Manifest, DateTimeOffset AskedAt, SignedDocument? LastAnswer, DateTimeOffset? AnsweredAt);
