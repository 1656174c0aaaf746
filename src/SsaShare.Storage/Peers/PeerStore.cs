using Microsoft.EntityFrameworkCore;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Pinned node cards and how their keys changed.</summary>
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

    public async Task KeepOwnAsync(SignedNodeCard card, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            if (await transaction.Db.Set<PeerRow>().AnyAsync(peer => peer.Partner == card.Card.PartnerId, cancellationToken)) return false;
            byte[] json = card.ToJson();
            transaction.Db.Add(new PeerRow { Partner = card.Card.PartnerId, Card = json });
            transaction.Log(new LogEvent(LogKinds.NodeCard, json));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task SaveKeyEventAsync(KeyEvent keyEvent, bool isOwn, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            byte[] id = keyEvent.Id.ToArray();
            if (await transaction.Db.Set<KeyEventRow>().AnyAsync(row => row.Id == id, cancellationToken)) return false;
            byte[] json = keyEvent.ToJson();
            long logIndex = transaction.Log(new LogEvent(isOwn ? LogKinds.KeyEvent : LogKinds.PeerKeyEvent, json) { Peer = isOwn ? null : PartnerId.Parse(keyEvent.PartnerId) });
            transaction.Db.Add(new KeyEventRow { Id = id, Partner = keyEvent.PartnerId, Sequence = keyEvent.Sequence, Document = json, LogIndex = logIndex });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<IReadOnlyList<KeyEvent>> ListKeyEventsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<KeyEventRow>().OrderBy(row => row.LogIndex).ToListAsync(cancellationToken);
        return [.. rows.Select(row => KeyEvent.TryOpen(row.Document, out var opened, out string? fault) ? opened
            : throw new InvalidDataException($"The stored key event {row.Sequence} of '{row.Partner}' is damaged: {fault}"))];
    }

    private static SignedNodeCard Open(PeerRow row)
        => SignedNodeCard.TryOpen(row.Card, out var card, out string? fault) ? card : throw new InvalidDataException($"The stored node card of '{row.Partner}' is damaged: {fault}");
}
