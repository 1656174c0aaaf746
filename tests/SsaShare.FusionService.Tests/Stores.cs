using System.Collections.Concurrent;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.FusionService.Tests;

/// <summary>Records in memory, whole arrivals to a page; some reads fail as a lost database does.</summary>
internal sealed class MemoryRecords : IRecordReader, IRecordRemovals
{
    private readonly List<RecordId> _removed = [];
    private readonly Lock _lock = new();
    private readonly List<ArrivedRecord> _records = [];
    private int _reads;

    /// <summary>Numbers of the reads that fail, from 1.</summary>
    public HashSet<int> Failing { get; } = [];

    /// <summary>What they fail with.</summary>
    public Exception Failure { get; set; } = new NpgsqlException("connection lost");

    public int Reads => _reads;

    public void Arrive(IEnumerable<ArrivedRecord> records)
    {
        lock (_lock) _records.AddRange(records);
    }

    /// <summary>From now on these are left out, as after a notice or a deletion.</summary>
    public void Remove(params IReadOnlyCollection<RecordId> records)
    {
        lock (_lock) _removed.AddRange(records);
    }

    public Task<long> GetHeadAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult((long)_removed.Count);
    }

    /// <summary>One at a time, so that a change of the catalog takes several.</summary>
    public Task<RemovedRecords> ReadAsync(long after, CancellationToken cancellationToken)
    {
        if (Failing.Contains(Interlocked.Increment(ref _reads))) throw Failure;
        lock (_lock) return Task.FromResult(after < _removed.Count ? new RemovedRecords(after + 1, [_removed[(int)after]]) : new RemovedRecords(after, []));
    }

    public Task<IReadOnlyList<ArrivedRecord>> ReadAsync(long afterArrival, IReadOnlyCollection<RecordClass> classes, int recordsMax, CancellationToken cancellationToken)
    {
        if (Failing.Contains(Interlocked.Increment(ref _reads))) throw Failure;
        lock (_lock)
        {
            var next = _records.Where(one => one.Arrival > afterArrival && !_removed.Contains(one.Record.Id) && classes.Contains(one.Record.Facts.Class)).OrderBy(one => one.Arrival).FirstOrDefault();
            return Task.FromResult<IReadOnlyList<ArrivedRecord>>(next is null ? [] : [.. _records.Where(one => one.Arrival == next.Arrival && classes.Contains(one.Record.Facts.Class) && !_removed.Contains(one.Record.Id))]);
        }
    }

    public Task<IReadOnlyList<(PartnerId? Provider, long Count)>> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<(PartnerId Provider, AgreementId Agreement, Epoch Watermark)>> ListWatermarksAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>Associations in memory; the first saves fail as often as told.</summary>
internal sealed class MemoryAssociations : IAssociationStore
{
    public ConcurrentDictionary<RecordId, ObjectId> Kept { get; } = new();

    public int FailingSaves { get; set; }

    public Task<IReadOnlyDictionary<RecordId, ObjectId>> LoadAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<RecordId, ObjectId>>(Kept.ToDictionary());

    public Task SaveAsync(IReadOnlyCollection<KeyValuePair<RecordId, ObjectId?>> associations, CancellationToken cancellationToken)
    {
        if (FailingSaves-- > 0) throw new NpgsqlException("connection lost");
        foreach (var (record, id) in associations)
        {
            if (id is { } known) Kept[record] = known;
            else Kept.TryRemove(record, out _);
        }
        return Task.CompletedTask;
    }
}

/// <summary>Pinned cards in memory.</summary>
internal sealed class MemoryPeers : IPeerStore
{
    private readonly List<SignedNodeCard> _cards = [];

    public Task<bool> TryPinAsync(SignedNodeCard card, CancellationToken cancellationToken)
    {
        _cards.Add(card);
        return Task.FromResult(true);
    }

    public Task KeepOwnAsync(SignedNodeCard card, CancellationToken cancellationToken) => TryPinAsync(card, cancellationToken);

    public Task<IReadOnlyList<SignedNodeCard>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SignedNodeCard>>([.. _cards]);

    public Task SaveKeyEventAsync(KeyEvent keyEvent, bool isOwn, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody changes keys here.");

    public Task<IReadOnlyList<KeyEvent>> ListKeyEventsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<KeyEvent>>([]);
}

/// <summary>Agreements in memory.</summary>
internal sealed class MemoryAgreements : IAgreementStore
{
    private readonly Dictionary<AgreementId, StoredAgreement> _stored = [];
    private readonly List<SignedDocument> _transitions = [];

    public Task SaveAsync(StoredAgreement agreement, CancellationToken cancellationToken)
    {
        _stored[agreement.Id] = agreement;
        return Task.CompletedTask;
    }

    public Task SaveTransitionAsync(SignedTransition transition, StoredAgreement after, CancellationToken cancellationToken)
    {
        _transitions.Add(transition.Original);
        return SaveAsync(after, cancellationToken);
    }

    public Task<IReadOnlyList<StoredAgreement>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredAgreement>>([.. _stored.Values]);

    public Task<IReadOnlyList<SignedDocument>> ListTransitionsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SignedDocument>>([.. _transitions]);
}
