using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Notices of this node and of others: what was asked, whom it must reach and who has carried it out. Append-only; every notice and every receipt
/// is a log entry of the transaction that keeps it.
/// </summary>
public interface INoticeStore
{
    /// <summary>
    /// Keeps notices of this node, before anything is sent: from then on the records are not given to anybody any more. Each must reach everybody to whom
    /// the ledger says that its record was given. A record that is noticed as strongly already is left out.
    /// </summary>
    /// <returns>How many were kept.</returns>
    Task<int> IssueAsync(IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken);

    /// <summary>
    /// Carries out notices of others in one transaction: the records are left out from then on, and deleted when they are recalled. Each must then reach
    /// everybody to whom this node gave the record. What is here already is answered again and changes nothing.
    /// </summary>
    /// <param name="notices">Signatures verified; none of this node's own.</param>
    /// <param name="sign">Signs this node's receipt.</param>
    /// <returns>For each in order, how it stands here and downstream.</returns>
    Task<IReadOnlyList<NoticeStanding>> ReceiveAsync(IReadOnlyList<BroughtNotice> notices,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken);

    /// <summary>Makes sure of those to whom a noticed record was given while the notice was being kept: once for each notice since the node started.</summary>
    /// <returns>Whether there were any.</returns>
    Task<bool> AddMissedDeliveriesAsync(CancellationToken cancellationToken);

    /// <summary>Notices that a partner has still to carry out, or pass on, in the order of the log.</summary>
    Task<IReadOnlyList<DueNotice>> ListDueAsync(PartnerId partner, long afterLogIndex, int noticesMax, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what a partner answered, in one transaction. Keeping it again changes nothing. A partner that says nothing but that it does not have a record,
    /// although its receipt for that record is kept here, has not carried the notice out: it stays pending.
    /// </summary>
    Task SaveAnswersAsync(PartnerId partner, IReadOnlyList<NoticeAnswer> answers, CancellationToken cancellationToken);

    /// <summary>Notices kept here, newest first, with how each stands.</summary>
    /// <param name="beforeLogIndex">Older than this entry; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="noticesMax">At most this many.</param>
    /// <param name="pendingOnly">Only those that somebody has still to carry out.</param>
    Task<IReadOnlyList<NoticeReport>> ListAsync(long beforeLogIndex, int noticesMax, bool pendingOnly, CancellationToken cancellationToken);

    /// <summary>All notices for one record, in the order of the log.</summary>
    Task<IReadOnlyList<NoticeReport>> FindAsync(RecordPlace place, CancellationToken cancellationToken);
}

/// <summary>A notice of another that somebody brings.</summary>
/// <param name="Notice">Its signature verified.</param>
/// <param name="Via">Those through whom it came, the last of them the caller: nothing is waited for that is there already.</param>
public sealed record BroughtNotice(SignedNotice Notice, IReadOnlyList<PartnerId> Via);

/// <summary>How a notice stands at the node that is asked.</summary>
/// <param name="Receipts">This node's own first, then those of its downstream that are here by now.</param>
/// <param name="Pending">To how many partners this node gave the record that have still to carry the notice out or pass it on.</param>
/// <param name="Fault">Why the notice is not taken; receipts are then none.</param>
/// <param name="IsNew">Whether it was not here before.</param>
public sealed record NoticeStanding(IReadOnlyList<SignedDocument> Receipts, int Pending, string? Fault, bool IsNew);

/// <summary>A notice on its way to a partner.</summary>
/// <param name="LogIndex">Where it stands in this node's log.</param>
/// <param name="Via">Those through whom it came here; none for this node's own.</param>
public sealed record DueNotice(long LogIndex, SignedNotice Notice, IReadOnlyList<PartnerId> Via);

/// <summary>What a partner answered to a notice, its receipts verified.</summary>
/// <param name="Notice">SHA-256 of its payload.</param>
/// <param name="Receipts">The partner's own and those of its downstream.</param>
/// <param name="IsComplete">The partner and everybody behind it have carried it out: nothing is left to ask.</param>
public sealed record NoticeAnswer(Hash256 Notice, IReadOnlyList<SignedNoticeReceipt> Receipts, bool IsComplete);

/// <summary>A notice for people: who was told, who has carried it out, who is pending.</summary>
/// <param name="LogIndex">Where it stands in this node's log.</param>
/// <param name="Receipts">Everybody's, in the order of the log.</param>
/// <param name="Pending">Partners of this node that have still to carry it out or pass it on.</param>
public sealed record NoticeReport(long LogIndex, SignedNotice Notice, IReadOnlyList<NoticeReceiptDocument> Receipts, IReadOnlyList<PartnerId> Pending);
