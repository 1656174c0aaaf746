using System.Collections.Concurrent;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>
/// Writes refusals of peers to the log, without letting a peer that repeats itself fill it: of one peer and one kind of call, an entry a
/// minute at most, which counts those in between.
/// </summary>
public sealed class RefusalJournal(INodeLog log, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(PartnerId Peer, string What), Entry> _entries = new();

    /// <param name="peer">A pinned partner; others are told to the operator's log alone.</param>
    /// <param name="what">Which kind of call.</param>
    /// <param name="reason">As the peer was told.</param>
    /// <returns>Whether it is in the log, and not only counted.</returns>
    public async Task<bool> WriteAsync(PartnerId peer, string what, string reason)
    {
        var entry = _entries.GetOrAdd((peer, what), _ => new Entry());
        long unlogged;
        lock (entry)
        {
            if (entry.Last is { } last && time.GetElapsedTime(last) < Quiet)
            {
                entry.Unlogged++;
                return false;
            }
            (entry.Last, unlogged, entry.Unlogged) = (time.GetTimestamp(), entry.Unlogged, 0);
        }
        // Not the caller's token: a caller that hangs up is still written down.
        await log.AppendAsync([new LogEvent(LogKinds.Refusal, JsonSerializer.SerializeToUtf8Bytes(new { peer = peer.Value, what, reason, unlogged_before = unlogged })) { Peer = peer }], CancellationToken.None);
        return true;
    }

    private sealed class Entry
    {
        public long? Last { get; set; }
        public long Unlogged { get; set; }
    }
}
