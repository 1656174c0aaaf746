using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>How far limits are used up.</summary>
internal static class ReleasePaces
{
    public static async Task<IReadOnlyDictionary<PaceKey, Epoch>> ReadAsync(NodeDbContext db, AgreementId agreement, PartnerId receiver, CancellationToken cancellationToken)
        => (await Of(db, agreement, receiver).ToListAsync(cancellationToken)).ToDictionary(Key, row => new Epoch(row.VirtualNs));

    /// <summary>Counts an answer. In a transaction that holds the head's lock, so that no other counts at the same time.</summary>
    public static async Task ChargeAsync(NodeDbContext db, IssuedManifest issued, CancellationToken cancellationToken)
    {
        if (issued.Charges.Count == 0) return;
        var (agreement, receiver) = (issued.Document.Agreement, issued.Document.Receiver);
        var rows = (await Of(db, agreement, receiver).ToListAsync(cancellationToken)).ToDictionary(Key);
        foreach (var charge in issued.Charges)
        {
            bool isKnown = rows.TryGetValue(charge.Key, out var row);
            long after = charge.After(isKnown ? new Epoch(row!.VirtualNs) : null, issued.At).NanosecondsSinceJ2000;
            if (isKnown) row!.VirtualNs = after;
            else db.Add(new ReleasePaceRow { Agreement = agreement.Value.ToArray(), Receiver = receiver.Value, LimitId = charge.Key.Limit.Value, Figure = (short)charge.Key.Figure, VirtualNs = after });
        }
    }

    private static IQueryable<ReleasePaceRow> Of(NodeDbContext db, AgreementId agreement, PartnerId receiver)
    {
        byte[] id = agreement.Value.ToArray();
        return db.Set<ReleasePaceRow>().Where(row => row.Agreement.Equals(id) && row.Receiver == receiver.Value);
    }

    private static PaceKey Key(ReleasePaceRow row)
        => new(ClauseId.TryParse(row.LimitId, out var id) ? id : throw new InvalidDataException($"'{row.LimitId}' is no limit's id."), (LimitedFigure)row.Figure);
}
