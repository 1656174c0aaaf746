using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Pinned node cards.</summary>
internal sealed class PeerStore(NodeDatabase database) : IPeerStore
{
    public async Task<bool> TryPinAsync(SignedNodeCard card, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            var pinned = await transaction.Db.Set<PeerRow>().AsNoTracking().SingleOrDefaultAsync(peer => peer.Partner == card.Card.PartnerId, cancellationToken);
            if (pinned is not null) return Open(pinned).Id == card.Id;
            byte[] json = card.ToJson();
            transaction.Db.Add(new PeerRow { Partner = card.Card.PartnerId, Card = json });
            transaction.Log(new LogEvent(LogKinds.PeerPinned, json) { Peer = PartnerId.Parse(card.Card.PartnerId) });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<IReadOnlyList<SignedNodeCard>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<PeerRow>().OrderBy(peer => peer.Partner).ToListAsync(cancellationToken);
        return [.. rows.Select(Open)];
    }

    private static SignedNodeCard Open(PeerRow row)
        => SignedNodeCard.TryOpen(row.Card, out var card, out string? fault) ? card : throw new InvalidDataException($"The stored node card of '{row.Partner}' is damaged: {fault}");
}
