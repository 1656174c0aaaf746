using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Cards that a simulated node has pinned. No keys change here.</summary>
internal sealed class SimPeerStore(SimDatabase database, TimeProvider time) : IPeerStore
{
    public Task<bool> TryPinAsync(SignedNodeCard card, CancellationToken cancellationToken) => KeepAsync(card, LogKinds.PeerPinned, PartnerId.Parse(card.Card.PartnerId), cancellationToken);

    public Task KeepOwnAsync(SignedNodeCard card, CancellationToken cancellationToken) => KeepAsync(card, LogKinds.NodeCard, null, cancellationToken);

    public Task<IReadOnlyList<SignedNodeCard>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<SignedNodeCard>>(tables => [.. tables.Cards.Values], cancellationToken);

    public Task SaveKeyEventAsync(KeyEvent keyEvent, bool isOwn, CancellationToken cancellationToken) => throw new NotSupportedException("No keys change here.");

    public Task<IReadOnlyList<KeyEvent>> ListKeyEventsAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<KeyEvent>>(_ => [], cancellationToken);

    private Task<bool> KeepAsync(SignedNodeCard card, string kind, PartnerId? peer, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            if (transaction.Tables.Cards.TryGetValue(card.Card.PartnerId, out var known)) return known.Id == card.Id;
            transaction.Write(tables => tables.Cards.Add(card.Card.PartnerId, card));
            transaction.Log(new LogEvent(kind, card.ToJson()) { Peer = peer });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);
}
