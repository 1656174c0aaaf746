using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.FusionService.Tests.Conjunctions;

/// <summary>The ledger of messages, what was published and what was noticed, in memory.</summary>
internal sealed class MemoryMessages : IConjunctionLedger, IPublicationStore, IRecordPlaces, INoticeStore
{
    private readonly Dictionary<RecordId, RecordPlace> _places = [];

    public List<LedgerMessage> Held { get; } = [];
    public HashSet<RecordId> Withdrawn { get; } = [];
    public List<SignedNotice> Notices { get; } = [];
    public IReadOnlyCollection<RecordId> Published => _places.Keys;

    public RecordPlace PlaceOf(LedgerMessage message) => _places[message.Record];

    public Task<IReadOnlyList<LedgerMessage>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LedgerMessage>>([.. Held.Where(one => !Withdrawn.Contains(one.Record))]);

    public Task HoldAsync(IReadOnlyCollection<LedgerMessage> messages, CancellationToken cancellationToken)
    {
        Held.AddRange(messages);
        return Task.CompletedTask;
    }

    public Task MarkPublishedAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Held.Count; i++)
            if (records.Contains(Held[i].Record)) Held[i] = Held[i] with { Unpublished = null };
        return Task.CompletedTask;
    }

    public Task MarkWithdrawnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
    {
        Withdrawn.UnionWith(records);
        return Task.CompletedTask;
    }

    public Task ForgetAsync(Epoch before, CancellationToken cancellationToken)
    {
        Held.RemoveAll(one => one.Time < before);
        return Task.CompletedTask;
    }

    public Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
    {
        foreach (var publication in publications)
            for (int i = 0; i < publication.Records.Count; i++) _places.Add(publication.Records[i].Record.Id, new RecordPlace(publication.Document.Id, i));
        return Task.FromResult(true);
    }

    public Task<IReadOnlySet<RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlySet<RecordId>>(records.Select(record => record.Id).Where(_places.ContainsKey).ToHashSet());

    public Task<IReadOnlyDictionary<RecordId, RecordPlace>> FindOwnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<RecordId, RecordPlace>>(records.Where(_places.ContainsKey).ToDictionary(record => record, record => _places[record]));

    public Task<IReadOnlyList<RecordId>> FindRecordsAsync(RecordPlace place, CancellationToken cancellationToken)
        => throw new NotSupportedException();
    public IAsyncEnumerable<RecordPlace> SelectOwnAsync(SensorId? sensor, Epoch from, Epoch until, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> IsOwnAsync(RecordPlace place, CancellationToken cancellationToken) => Task.FromResult(_places.ContainsValue(place));

    public Task<int> IssueAsync(IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken)
    {
        Notices.AddRange(notices);
        return Task.FromResult(notices.Count);
    }

    public Task<IReadOnlyList<NoticeStanding>> ReceiveAsync(IReadOnlyList<BroughtNotice> notices, Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<bool> AddMissedDeliveriesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IReadOnlyList<DueNotice>> ListDueAsync(PartnerId partner, long afterLogIndex, int noticesMax, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SaveAnswersAsync(PartnerId partner, IReadOnlyList<NoticeAnswer> answers, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IReadOnlyList<NoticeReport>> ListAsync(long beforeLogIndex, int noticesMax, bool pendingOnly, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IReadOnlyList<NoticeReport>> FindAsync(RecordPlace place, CancellationToken cancellationToken) => throw new NotSupportedException();
}
