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

    /// <summary>Called before records are read.</summary>
    public Action? OnRead { get; set; }

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
        OnRead?.Invoke();
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

/// <summary>Conjunction messages in memory.</summary>
internal sealed class MemoryLedger : IConjunctionLedger
{
    private readonly Dictionary<RecordId, LedgerMessage> _messages = [];

    public HashSet<RecordId> Withdrawn { get; } = [];

    /// <summary>The next messages are held, but whoever asked for it does not hear of it.</summary>
    public bool LosesNextAnswer { get; set; }

    public IReadOnlyCollection<LedgerMessage> All => _messages.Values;

    public Task<IReadOnlyList<LedgerMessage>> LoadAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<LedgerMessage>>([.. _messages.Values.Where(message => !Withdrawn.Contains(message.Record)).OrderBy(message => message.Made)]);

    public Task HoldAsync(IReadOnlyCollection<LedgerMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages) _messages.TryAdd(message.Record, message);
        if (!LosesNextAnswer) return Task.CompletedTask;
        LosesNextAnswer = false;
        throw new NpgsqlException("connection lost");
    }

    public Task MarkPublishedAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
    {
        foreach (var record in records) _messages[record] = _messages[record] with { Unpublished = null };
        return Task.CompletedTask;
    }

    public Task MarkWithdrawnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
    {
        Withdrawn.UnionWith(records);
        return Task.CompletedTask;
    }

    public Task ForgetAsync(Epoch before, CancellationToken cancellationToken)
    {
        foreach (var record in _messages.Where(pair => pair.Value.Time < before).Select(pair => pair.Key).ToList()) _messages.Remove(record);
        return Task.CompletedTask;
    }
}

/// <summary>What a node publishes, and the notices that it issues of it, in memory.</summary>
internal sealed class MemoryPublications : IPublicationStore, IRecordPlaces, INoticeStore
{
    private readonly Dictionary<RecordId, RecordPlace> _places = [];

    public List<SealedRecord> Published { get; } = [];

    public HashSet<RecordPlace> Noticed { get; } = [];

    public Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
    {
        foreach (var publication in publications)
            foreach (var one in publication.Records)
            {
                _places.Add(one.Record.Id, new RecordPlace(publication.Document.Id, one.Index));
                Published.Add(one.Record);
            }
        return Task.FromResult(true);
    }

    public Task<IReadOnlySet<RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlySet<RecordId>>(records.Select(record => record.Id).Where(_places.ContainsKey).ToHashSet());

    public Task<IReadOnlyDictionary<RecordId, RecordPlace>> FindOwnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<RecordId, RecordPlace>>(records.Where(_places.ContainsKey).ToDictionary(record => record, record => _places[record]));

    public Task<int> IssueAsync(IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken) => Task.FromResult(notices.Count(notice => Noticed.Add(notice.Notice.Place())));

    public Task<bool> IsOwnAsync(RecordPlace place, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<RecordPlace> SelectOwnAsync(SensorId? sensor, Epoch from, Epoch until, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordId>> FindRecordsAsync(RecordPlace place, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeStanding>> ReceiveAsync(IReadOnlyList<BroughtNotice> notices, Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> AddMissedDeliveriesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<DueNotice>> ListDueAsync(PartnerId partner, long afterLogIndex, int noticesMax, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAnswersAsync(PartnerId partner, IReadOnlyList<NoticeAnswer> answers, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeReport>> ListAsync(long beforeLogIndex, int noticesMax, bool pendingOnly, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeReport>> FindAsync(RecordPlace place, CancellationToken cancellationToken) => throw new NotSupportedException();
}
