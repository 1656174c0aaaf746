using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>Corrects, withdraws and recalls records of this node: signs, keeps, and wakes those who bring it to everybody who has them.</summary>
public sealed class RecordNotices(NodeIdentity identity, INoticeStore notices, NoticeSignal signal, TimeProvider time)
{
    /// <summary>Notices signed and kept in one transaction.</summary>
    private const int BatchNotices = 500;

    /// <summary>Issues a notice for each record. Those before a failure stay, and issuing the same again adds only the rest.</summary>
    /// <param name="places">Of own records.</param>
    /// <param name="replacement">What takes the record's place; goes with a correction of a single record.</param>
    /// <param name="reason">At most <see cref="NoticeDocument.ReasonMax"/> characters.</param>
    /// <returns>After each batch, how many records were looked at and how many notices are new.</returns>
    /// <exception cref="ArgumentException">It would be refused by everybody.</exception>
    public async IAsyncEnumerable<(long Records, long Issued)> IssueAsync(IAsyncEnumerable<RecordPlace> places, NoticeAction action, RecordPlace? replacement, string reason,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (long records, long issued) = (0, 0);
        await foreach (var batch in places.Chunk(BatchNotices).WithCancellation(cancellationToken))
        {
            var now = Utc.FromDateTime(time.GetUtcNow());
            issued += await notices.IssueAsync([.. batch.Select(place => SignedNotice.Issue(identity.SigningKey, identity.Partner, place, action, replacement, reason, now))], cancellationToken);
            records += batch.Length;
            signal.Raise();
            yield return (records, issued);
        }
    }
}
