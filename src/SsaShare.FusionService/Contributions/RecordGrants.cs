using System.Collections.Concurrent;
using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.FusionService;

/// <summary>Every way in which records came: what decides who may see what comes of them.</summary>
/// <remarks>Written by one thread, read by anybody.</remarks>
public sealed class RecordGrants
{
    private readonly ConcurrentDictionary<RecordId, ImmutableArray<GrantPath>> _paths = new();
    private long _removals;

    /// <summary>Every way in which a record came; none when it is not here.</summary>
    public ImmutableArray<GrantPath> PathsOf(RecordId record) => _paths.GetValueOrDefault(record, []);

    /// <summary>Grows whenever records were given up.</summary>
    public long Removals => Interlocked.Read(ref _removals);

    /// <summary>All records with the ways in which they came.</summary>
    internal IEnumerable<KeyValuePair<RecordId, ImmutableArray<GrantPath>>> All => _paths;

    /// <returns>Whether the way was not known before.</returns>
    internal bool Add(ArrivedRecord record)
    {
        var (id, facts) = (record.Record.Id, record.Record.Facts);
        var paths = PathsOf(id);
        if (paths.Any(path => path.Provider == record.Provider && path.Agreement == record.Agreement)) return false;
        _paths[id] = paths.Add(new GrantPath(facts, record.Provider, record.Agreement, record.Published, record.Terms) { KeepUntil = record.KeepUntil });
        return true;
    }

    internal bool Remove(RecordId record) => _paths.TryRemove(record, out _);

    /// <summary>After records were removed: answers in the making look again.</summary>
    internal void NoteRemoval() => Interlocked.Increment(ref _removals);
}
