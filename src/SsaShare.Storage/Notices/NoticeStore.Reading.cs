using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

internal sealed partial class NoticeStore
{
    public async Task<IReadOnlyList<DueNotice>> ListDueAsync(PartnerId partner, long afterLogIndex, int noticesMax, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await (from delivery in db.Set<NoticeDeliveryRow>()
                          where delivery.Partner == partner.Value && !delivery.IsComplete
                          join notice in db.Set<NoticeRow>() on delivery.Notice equals notice.Id
                          where notice.LogIndex > afterLogIndex
                          orderby notice.LogIndex
                          select notice).Take(noticesMax).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new DueNotice(row.LogIndex, row.ToNotice(), [.. row.Via.Select(PartnerId.Parse)]))];
    }

    public async Task<IReadOnlyList<NoticeReport>> ListAsync(long beforeLogIndex, int noticesMax, bool pendingOnly, CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = db.Set<NoticeRow>().Where(row => row.LogIndex < beforeLogIndex);
        if (pendingOnly) rows = rows.Where(row => db.Set<NoticeDeliveryRow>().Any(delivery => delivery.Notice.Equals(row.Id) && !delivery.IsComplete));
        return await ReportAsync(db, await rows.OrderByDescending(row => row.LogIndex).Take(noticesMax).ToListAsync(cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<NoticeReport>> FindAsync(RecordPlace place, CancellationToken cancellationToken)
    {
        byte[] publication = place.Publication.ToArray();
        await using var db = database.Read();
        return await ReportAsync(db, await db.Set<NoticeRow>().Where(row => row.Publication.Equals(publication) && row.Index == place.Index).OrderBy(row => row.LogIndex).ToListAsync(cancellationToken), cancellationToken);
    }

    private static async Task<IReadOnlyList<NoticeReport>> ReportAsync(NodeDbContext db, List<NoticeRow> rows, CancellationToken cancellationToken)
    {
        byte[][] ids = [.. rows.Select(row => row.Id)];
        var receipts = (await db.Set<NoticeReceiptRow>().Where(receipt => ids.Contains(receipt.Notice)).OrderBy(receipt => receipt.LogIndex).ToListAsync(cancellationToken)).ToLookup(receipt => new Hash256(receipt.Notice));
        var pending = (await db.Set<NoticeDeliveryRow>().Where(delivery => ids.Contains(delivery.Notice) && !delivery.IsComplete).OrderBy(delivery => delivery.Partner).ToListAsync(cancellationToken)).ToLookup(delivery => new Hash256(delivery.Notice));
        return [.. rows.Select(row => (Row: row, Id: new Hash256(row.Id))).Select(one => new NoticeReport(one.Row.LogIndex, one.Row.ToNotice(),
            [.. receipts[one.Id].Select(receipt => receipt.ToReceipt())], [.. pending[one.Id].Select(delivery => PartnerId.Parse(delivery.Partner))]))];
    }
}
