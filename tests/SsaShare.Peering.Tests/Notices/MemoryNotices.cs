using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>Notices on their way to one partner, in memory.</summary>
internal sealed class MemoryNotices : INoticeStore
{
    private int _asked;

    public PartnerId For { get; set; }
    public List<DueNotice> Due { get; } = [];
    public List<SignedNoticeReceipt> Receipts { get; } = [];
    public int Asked => _asked;

    public Task<IReadOnlyList<DueNotice>> ListDueAsync(PartnerId partner, long afterLogIndex, int noticesMax, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return Task.FromResult<IReadOnlyList<DueNotice>>(partner == For ? [.. Due.Where(due => due.LogIndex > afterLogIndex).Take(noticesMax)] : []);
    }

    public Task SaveAnswersAsync(PartnerId partner, IReadOnlyList<NoticeAnswer> answers, CancellationToken cancellationToken)
    {
        Receipts.AddRange(answers.SelectMany(answer => answer.Receipts));
        Due.RemoveAll(due => answers.Any(answer => answer.IsComplete && answer.Notice == due.Notice.Id));
        return Task.CompletedTask;
    }

    public Task<bool> AddMissedDeliveriesAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<int> IssueAsync(IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeStanding>> ReceiveAsync(IReadOnlyList<BroughtNotice> notices, Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeReport>> ListAsync(long beforeLogIndex, int noticesMax, bool pendingOnly, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<NoticeReport>> FindAsync(RecordPlace place, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>Deletions on their way, in memory.</summary>
internal sealed class MemoryRetention : IRetentionStore
{
    public List<DueDeletion> Undelivered { get; } = [];

    public Task<IReadOnlyList<DueDeletion>> ListUndeliveredAsync(PartnerId provider, long afterLogIndex, int deletionsMax, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<DueDeletion>>([.. Undelivered.Where(one => one.Deletion.Deletion.Provider == provider && one.LogIndex > afterLogIndex).Take(deletionsMax)]);

    public Task SetDeliveredAsync(IReadOnlyCollection<SignedDeletion> deletions, CancellationToken cancellationToken)
    {
        Undelivered.RemoveAll(one => deletions.Contains(one.Deletion));
        return Task.CompletedTask;
    }

    public Task<RunOutPart> DeleteRunOutAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, AgreementId? of, RunOutPosition after, int waysMax,
        Func<PartnerId, AgreementId, DeletionReason, IReadOnlyList<DeletedRecords>, SignedDeletion> sign, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> TryReceiveAsync(SignedDeletion deletion, CancellationToken cancellationToken) => throw new NotSupportedException();
}
