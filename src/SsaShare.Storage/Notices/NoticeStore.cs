using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Notices, whom they must reach, and the receipts for them.</summary>
internal sealed partial class NoticeStore(NodeDatabase database, TimeProvider time) : INoticeStore
{
    /// <summary>Notices kept for one record: three suffice an honest originator.</summary>
    private const int NoticesOfOneRecordMax = 10;

    /// <summary>Notices of one originator for records that never came here: more would let it fill the store.</summary>
    internal const int UnknownOfOneOriginatorMax = 100_000;

    /// <summary>Notices looked at in one statement.</summary>
    private const int MissedPage = 500;

    /// <summary>Entry of the log up to which it was looked for missed deliveries: whatever is given afterwards, the notice is there before.</summary>
    private long _lookedForMissed = -1;

    public async Task<int> IssueAsync(IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var strongest = Strongest(await KnownNotices.FindAsync(transaction.Connection, [.. notices.Select(notice => notice.Notice)], cancellationToken));
            var added = new List<byte[]>();
            foreach (var notice in notices)
            {
                if (strongest.GetValueOrDefault(Key(notice)) >= notice.Notice.Action) continue;
                strongest[Key(notice)] = notice.Notice.Action;
                var row = notice.ToRow(transaction.Log(new LogEvent(LogKinds.Notice, notice.Document.ToJson())), []);
                transaction.Db.Add(row);
                added.Add(row.Id);
            }
            if (added.Count == 0) return 0;
            await transaction.Db.SaveChangesAsync(cancellationToken);
            await NoticeDeliveries.AddAsync(transaction.Connection, added, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return added.Count;
        }, cancellationToken);

    public async Task<IReadOnlyList<NoticeStanding>> ReceiveAsync(IReadOnlyList<BroughtNotice> notices,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken)
    {
        if (notices.Count == 0) return [];
        List<BroughtNotice> brought = [.. notices.DistinctBy(one => one.Notice.Id)];
        var taken = new Taken([], []);
        // Looked up before the lock, which everybody who publishes, gives or takes in waits for: what was said already keeps nobody waiting.
        if (await FindNewAsync(brought, cancellationToken) is { } unknown) taken = await database.WriteAsync(transaction => TakeAsync(transaction, brought, unknown, sign, cancellationToken), cancellationToken);
        await using var db = database.Read();
        byte[][] ids = [.. brought.Select(one => one.Notice.Id.ToArray())];
        var receipts = (await db.Set<NoticeReceiptRow>().Where(receipt => ids.Contains(receipt.Notice)).ToListAsync(cancellationToken)).ToLookup(receipt => new Hash256(receipt.Notice));
        var pending = (await db.Set<NoticeDeliveryRow>().Where(delivery => ids.Contains(delivery.Notice) && !delivery.IsComplete).Select(delivery => new { delivery.Notice, delivery.Partner }).ToListAsync(cancellationToken))
            .ToLookup(delivery => new Hash256(delivery.Notice), delivery => PartnerId.Parse(delivery.Partner));
        return [.. notices.Select(one => taken.Faults.TryGetValue(one.Notice.Id, out string? fault)
            ? new NoticeStanding([], 0, fault, IsNew: false)
            : new NoticeStanding([.. receipts[one.Notice.Id].OrderByDescending(receipt => receipt.IsOwn).ThenByDescending(receipt => receipt.LogIndex).Select(receipt => receipt.Document())],
                pending[one.Notice.Id].Except(one.Via).Count(), null, taken.Added.Contains(one.Notice.Id)))];
    }

    public async Task<bool> AddMissedDeliveriesAsync(CancellationToken cancellationToken)
    {
        bool any = false;
        while (await NoticeDeliveries.AddMissedAsync(database.Source, _lookedForMissed, MissedPage, cancellationToken) is { } page)
        {
            any |= page.Added > 0;
            _lookedForMissed = page.Through;
        }
        return any;
    }

    public async Task SaveAnswersAsync(PartnerId partner, IReadOnlyList<NoticeAnswer> answers, CancellationToken cancellationToken)
    {
        byte[][] ids = [.. answers.Select(answer => answer.Notice.ToArray())];
        byte[][] notThere = [.. answers.Where(answer => SaysOnlyUnknown(answer, partner)).Select(answer => answer.Notice.ToArray())];
        await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var known = (await transaction.Db.Set<NoticeReceiptRow>().AsNoTracking().Where(receipt => ids.Contains(receipt.Notice)).Select(receipt => new { receipt.Notice, receipt.Receiver, receipt.Outcome }).ToListAsync(cancellationToken))
                .Select(receipt => (new Hash256(receipt.Notice), receipt.Receiver, receipt.Outcome)).ToHashSet();
            var contradicted = await ReceiptedRecords.FindNoticedAsync(transaction.Connection, partner, notThere, cancellationToken);
            byte[][] complete = [.. answers.Where(answer => answer.IsComplete && !contradicted.Contains(answer.Notice)).Select(answer => answer.Notice.ToArray())];
            bool changed = await transaction.Db.Set<NoticeDeliveryRow>().Where(delivery => delivery.Partner == partner.Value && complete.Contains(delivery.Notice) && !delivery.IsComplete)
                .ExecuteUpdateAsync(update => update.SetProperty(delivery => delivery.IsComplete, true), cancellationToken) > 0;
            foreach (var receipt in answers.SelectMany(answer => answer.Receipts))
            {
                if (!known.Add((receipt.Receipt.Notice, receipt.Receipt.Receiver.Value, (short)receipt.Receipt.Outcome))) continue;
                transaction.Db.Add(receipt.ToRow(transaction.Log(new LogEvent(LogKinds.NoticeReceiptReceived, receipt.Document.ToJson()) { Peer = receipt.Receipt.Receiver }), isOwn: false));
                changed = true;
            }
            if (changed) await transaction.CommitAsync(cancellationToken);
            return changed;
        }, cancellationToken);
    }

    private static bool SaysOnlyUnknown(NoticeAnswer answer, PartnerId partner)
        => answer.Receipts.Where(receipt => receipt.Receipt.Receiver == partner).All(receipt => receipt.Receipt.Outcome == NoticeOutcome.UnknownRecord);

    /// <summary>Whether there is anything to keep or to say.</summary>
    /// <returns>Null when there is not; else how many notices each of their originators has here for records that are not.</returns>
    private async Task<Dictionary<PartnerId, long>?> FindNewAsync(IReadOnlyList<BroughtNotice> brought, CancellationToken cancellationToken)
    {
        List<NoticeDocument> documents = [.. brought.Select(one => one.Notice.Notice)];
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var known = await KnownNotices.FindAsync(connection, documents, cancellationToken);
        var ids = known.Select(one => one.Id).ToHashSet();
        var strongest = Strongest(known);
        var said = await KnownNotices.FindSaidAsync(connection, ids, cancellationToken);
        var held = await HeldRecords.FindAsync(connection, documents, cancellationToken);
        var unknown = new Dictionary<PartnerId, long>();
        foreach (var originator in brought.Where(one => !ids.Contains(one.Notice.Id)).Select(one => one.Notice.Notice.Originator).Distinct())
            unknown.Add(originator, await KnownNotices.CountUnknownAsync(connection, originator, UnknownOfOneOriginatorMax, cancellationToken));
        return unknown.Count == 0 && brought.All(one => said[one.Notice.Id].Contains(NoticeRules.OutcomeOf(strongest[Key(one.Notice)], held.Contains(one.Notice.Notice.Place())))) ? null : unknown;
    }

    /// <summary>Stores what is new, carries it out and signs receipts.</summary>
    private async Task<Taken> TakeAsync(OrderedTransaction transaction, IReadOnlyList<BroughtNotice> brought, Dictionary<PartnerId, long> unknown,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken)
    {
        await transaction.LockHeadAsync(cancellationToken);
        List<SignedNotice> notices = [.. brought.Select(one => one.Notice)];
        var stored = await KnownNotices.FindAsync(transaction.Connection, [.. notices.Select(notice => notice.Notice)], cancellationToken);
        var ids = stored.Select(one => one.Id).ToHashSet();
        var originators = await ListOriginatorsAsync(transaction.Db, notices, cancellationToken);
        var faults = new Dictionary<Hash256, string>();
        var added = new List<SignedNotice>();
        foreach (var (notice, via) in brought)
        {
            if (ids.Contains(notice.Id)) continue;
            if (originators.TryGetValue(notice.Notice.Publication, out string? originator) && originator != notice.Notice.Originator.Value) faults[notice.Id] = "The publication is another originator's.";
            else if (stored.Count(one => (one.Originator, one.Place) == Key(notice)) >= NoticesOfOneRecordMax) faults[notice.Id] = $"{NoticesOfOneRecordMax} notices for that record are here already.";
            else if (unknown.GetValueOrDefault(notice.Notice.Originator) >= UnknownOfOneOriginatorMax) faults[notice.Id] = $"{UnknownOfOneOriginatorMax} notices of '{notice.Notice.Originator}' for records that are not here wait already.";
            else
            {
                transaction.Db.Add(notice.ToRow(transaction.Log(new LogEvent(LogKinds.Notice, notice.Document.ToJson()) { Peer = notice.Notice.Originator }), via));
                stored.Add(new KnownNotice(notice.Id, notice.Notice.Originator, notice.Notice.Place(), notice.Notice.Action));
                added.Add(notice);
            }
        }
        await transaction.Db.SaveChangesAsync(cancellationToken);
        var recalled = added.Where(notice => notice.Notice.Action == NoticeAction.Recall).Select(notice => notice.Notice.Publication).ToList();
        if (recalled.Count > 0) await HeldRecords.ForgetRecalledAsync(transaction.Connection, recalled, cancellationToken);
        if (added.Count > 0) await NoticeDeliveries.AddAsync(transaction.Connection, [.. added.Select(notice => notice.Id.ToArray())], cancellationToken);

        bool signed = await AddOwnReceiptsAsync(transaction, [.. notices.Where(notice => !faults.ContainsKey(notice.Id))], Strongest(stored), sign, cancellationToken);
        if (added.Count > 0 || signed) await transaction.CommitAsync(cancellationToken);
        return new Taken(faults, [.. added.Select(notice => notice.Id)]);
    }

    /// <summary>Whose the publications are that are here.</summary>
    private static async Task<Dictionary<Hash256, string>> ListOriginatorsAsync(NodeDbContext db, IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken)
    {
        byte[][] publications = [.. notices.Select(notice => notice.Notice.Publication).Distinct().Select(id => id.ToArray())];
        var known = await db.Set<PublicationRow>().Where(row => publications.Contains(row.Id)).Select(row => new { row.Id, row.Originator }).Distinct().ToListAsync(cancellationToken);
        return known.DistinctBy(row => new Hash256(row.Id)).ToDictionary(row => new Hash256(row.Id), row => row.Originator);
    }

    /// <summary>Signs what there is to say of each notice that was not said before: a record may have come since it was unknown.</summary>
    private async Task<bool> AddOwnReceiptsAsync(OrderedTransaction transaction, IReadOnlyList<SignedNotice> notices, Dictionary<(PartnerId, RecordPlace), NoticeAction> strongest,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken)
    {
        var said = await KnownNotices.FindSaidAsync(transaction.Connection, notices.Select(notice => notice.Id), cancellationToken);
        var held = await HeldRecords.FindAsync(transaction.Connection, [.. notices.Select(notice => notice.Notice)], cancellationToken);
        var now = Utc.FromDateTime(time.GetUtcNow());
        bool any = false;
        foreach (var notice in notices)
        {
            var place = notice.Notice.Place();
            var outcome = NoticeRules.OutcomeOf(strongest[Key(notice)], held.Contains(place));
            if (said[notice.Id].Contains(outcome)) continue;
            var receipt = sign(notice.Id, outcome, now);
            transaction.Db.Add(receipt.ToRow(transaction.Log(new LogEvent(LogKinds.NoticeReceiptIssued, receipt.Document.ToJson()) { Peer = notice.Notice.Originator }), isOwn: true));
            any = true;
        }
        return any;
    }

    private static Dictionary<(PartnerId, RecordPlace), NoticeAction> Strongest(IEnumerable<KnownNotice> known)
        => known.GroupBy(one => (one.Originator, one.Place)).ToDictionary(group => group.Key, group => group.Max(one => one.Action));

    private static (PartnerId Originator, RecordPlace Place) Key(SignedNotice notice) => (notice.Notice.Originator, notice.Notice.Place());

    /// <summary>Why some are not taken, and which were not here before.</summary>
    private sealed record Taken(Dictionary<Hash256, string> Faults, HashSet<Hash256> Added);
}
