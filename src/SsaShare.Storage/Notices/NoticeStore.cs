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

    public async Task<int> IssueAsync(IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var strongest = Strongest(await LoadAsync(transaction.Db, notices, cancellationToken));
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

    public async Task<IReadOnlyList<NoticeStanding>> ReceiveAsync(IReadOnlyList<SignedNotice> notices, IReadOnlyList<PartnerId> via,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken)
    {
        if (notices.Count == 0) return [];
        var (faults, added) = await database.WriteAsync(transaction => TakeAsync(transaction, notices, via, sign, cancellationToken), cancellationToken);
        await using var db = database.Read();
        byte[][] ids = [.. notices.Select(notice => notice.Id.ToArray())];
        string[] there = [.. via.Select(partner => partner.Value)];
        var receipts = (await db.Set<NoticeReceiptRow>().Where(receipt => ids.Contains(receipt.Notice)).ToListAsync(cancellationToken)).ToLookup(receipt => new Hash256(receipt.Notice));
        var pending = (await db.Set<NoticeDeliveryRow>().Where(delivery => ids.Contains(delivery.Notice) && !delivery.IsComplete && !there.Contains(delivery.Partner))
            .GroupBy(delivery => delivery.Notice).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken)).ToDictionary(group => new Hash256(group.Key), group => group.Count);
        return [.. notices.Select(notice => faults.TryGetValue(notice.Id, out string? fault)
            ? new NoticeStanding([], 0, fault, IsNew: false)
            : new NoticeStanding([.. receipts[notice.Id].OrderByDescending(receipt => receipt.IsOwn).ThenByDescending(receipt => receipt.LogIndex).Select(receipt => receipt.Document())], pending.GetValueOrDefault(notice.Id), null, added.Contains(notice.Id)))];
    }

    public async Task<bool> AddMissedDeliveriesAsync(CancellationToken cancellationToken) => await NoticeDeliveries.AddMissedAsync(database.Source, cancellationToken) > 0;

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
                transaction.Db.Add(receipt.ToRow(transaction.Log(new LogEvent(LogKinds.NoticeReceiptReceived, receipt.Document.ToJson())), isOwn: false));
                changed = true;
            }
            if (changed) await transaction.CommitAsync(cancellationToken);
            return changed;
        }, cancellationToken);
    }

    private static bool SaysOnlyUnknown(NoticeAnswer answer, PartnerId partner)
        => answer.Receipts.Where(receipt => receipt.Receipt.Receiver == partner).All(receipt => receipt.Receipt.Outcome == NoticeOutcome.UnknownRecord);

    /// <summary>Stores what is new, carries it out and signs receipts.</summary>
    /// <returns>Why some are not taken, and which were not here before.</returns>
    private async Task<(Dictionary<Hash256, string> Faults, HashSet<Hash256> Added)> TakeAsync(OrderedTransaction transaction, IReadOnlyList<SignedNotice> notices, IReadOnlyList<PartnerId> via,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken)
    {
        await transaction.LockHeadAsync(cancellationToken);
        var stored = await LoadAsync(transaction.Db, notices, cancellationToken);
        var unknown = await CountUnknownAsync(transaction.Db, notices, cancellationToken);
        var originators = await ListOriginatorsAsync(transaction.Db, notices, cancellationToken);
        var faults = new Dictionary<Hash256, string>();
        var added = new List<SignedNotice>();
        foreach (var notice in notices.DistinctBy(notice => notice.Id))
        {
            byte[] id = notice.Id.ToArray();
            if (stored.Exists(row => row.Id.AsSpan().SequenceEqual(id))) continue;
            if (originators.TryGetValue(notice.Notice.Publication, out string? originator) && originator != notice.Notice.Originator.Value) faults[notice.Id] = "The publication is another originator's.";
            else if (stored.Count(row => Key(row) == Key(notice)) >= NoticesOfOneRecordMax) faults[notice.Id] = $"{NoticesOfOneRecordMax} notices for that record are here already.";
            else if (unknown.GetValueOrDefault(notice.Notice.Originator) >= UnknownOfOneOriginatorMax) faults[notice.Id] = $"{UnknownOfOneOriginatorMax} notices of '{notice.Notice.Originator}' for records that are not here wait already.";
            else
            {
                var row = notice.ToRow(transaction.Log(new LogEvent(LogKinds.Notice, notice.Document.ToJson())), via);
                transaction.Db.Add(row);
                stored.Add(row);
                added.Add(notice);
            }
        }
        await transaction.Db.SaveChangesAsync(cancellationToken);
        var recalled = added.Where(notice => notice.Notice.Action == NoticeAction.Recall).Select(notice => notice.Notice.Publication).ToList();
        if (recalled.Count > 0) await HeldRecords.ForgetRecalledAsync(transaction.Connection, recalled, cancellationToken);
        if (added.Count > 0) await NoticeDeliveries.AddAsync(transaction.Connection, [.. added.Select(notice => notice.Id.ToArray())], cancellationToken);

        var taken = notices.DistinctBy(notice => notice.Id).Where(notice => !faults.ContainsKey(notice.Id)).ToList();
        bool signed = await AddOwnReceiptsAsync(transaction, taken, Strongest(stored), sign, cancellationToken);
        if (added.Count > 0 || signed) await transaction.CommitAsync(cancellationToken);
        return (faults, [.. added.Select(notice => notice.Id)]);
    }

    /// <summary>Whose the publications are that are here.</summary>
    private static async Task<Dictionary<Hash256, string>> ListOriginatorsAsync(NodeDbContext db, IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken)
    {
        byte[][] publications = [.. notices.Select(notice => notice.Notice.Publication).Distinct().Select(id => id.ToArray())];
        var known = await db.Set<PublicationRow>().Where(row => publications.Contains(row.Id)).Select(row => new { row.Id, row.Originator }).Distinct().ToListAsync(cancellationToken);
        return known.DistinctBy(row => new Hash256(row.Id)).ToDictionary(row => new Hash256(row.Id), row => row.Originator);
    }

    /// <summary>Signs what there is to say of each notice that was not said before: a record may have come since it was unknown.</summary>
    private async Task<bool> AddOwnReceiptsAsync(OrderedTransaction transaction, IReadOnlyList<SignedNotice> notices, Dictionary<(string, RecordPlace), NoticeAction> strongest,
        Func<Hash256, NoticeOutcome, Epoch, SignedNoticeReceipt> sign, CancellationToken cancellationToken)
    {
        byte[][] ids = [.. notices.Select(notice => notice.Id.ToArray())];
        var said = (await transaction.Db.Set<NoticeReceiptRow>().AsNoTracking().Where(receipt => receipt.IsOwn && ids.Contains(receipt.Notice)).Select(receipt => new { receipt.Notice, receipt.Outcome }).ToListAsync(cancellationToken))
            .ToLookup(receipt => new Hash256(receipt.Notice), receipt => (NoticeOutcome)receipt.Outcome);
        var held = await HeldRecords.FindAsync(transaction.Connection, [.. notices.Select(notice => notice.Notice)], cancellationToken);
        var now = Utc.FromDateTime(time.GetUtcNow());
        bool any = false;
        foreach (var notice in notices)
        {
            var place = notice.Notice.Place();
            var outcome = NoticeRules.OutcomeOf(strongest[Key(notice)], held.Contains(place));
            if (said[notice.Id].Contains(outcome)) continue;
            transaction.Db.Add(Receipt(sign(notice.Id, outcome, now)));
            any = true;
        }
        return any;

        NoticeReceiptRow Receipt(SignedNoticeReceipt receipt) => receipt.ToRow(transaction.Log(new LogEvent(LogKinds.NoticeReceiptIssued, receipt.Document.ToJson())), isOwn: true);
    }

    /// <summary>Every notice that is here for the records of these.</summary>
    private static async Task<List<NoticeRow>> LoadAsync(NodeDbContext db, IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken)
    {
        byte[][] publications = [.. notices.Select(notice => notice.Notice.Publication).Distinct().Select(id => id.ToArray())];
        return await db.Set<NoticeRow>().AsNoTracking().Where(row => publications.Contains(row.Publication)).ToListAsync(cancellationToken);
    }

    private static async Task<Dictionary<PartnerId, int>> CountUnknownAsync(NodeDbContext db, IReadOnlyList<SignedNotice> notices, CancellationToken cancellationToken)
    {
        string[] originators = [.. notices.Select(notice => notice.Notice.Originator.Value).Distinct()];
        var counts = await (from notice in db.Set<NoticeRow>()
                            join receipt in db.Set<NoticeReceiptRow>() on notice.Id equals receipt.Notice
                            where receipt.IsOwn && receipt.Outcome == (short)NoticeOutcome.UnknownRecord && originators.Contains(notice.Originator)
                            group notice by notice.Originator into ofOne
                            select new { ofOne.Key, Count = ofOne.Count() }).ToListAsync(cancellationToken);
        return counts.ToDictionary(count => PartnerId.Parse(count.Key), count => count.Count);
    }

    private static Dictionary<(string, RecordPlace), NoticeAction> Strongest(IEnumerable<NoticeRow> rows)
        => rows.GroupBy(Key).ToDictionary(group => group.Key, group => (NoticeAction)group.Max(row => row.Action));

    /// <summary>What one originator says of one place is kept apart from what another says of it.</summary>
    private static (string Originator, RecordPlace Place) Key(NoticeRow row) => (row.Originator, new RecordPlace(new Hash256(row.Publication), row.Index));

    private static (string Originator, RecordPlace Place) Key(SignedNotice notice) => (notice.Notice.Originator.Value, notice.Notice.Place());
}
