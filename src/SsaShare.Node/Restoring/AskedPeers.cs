using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>The peers of a restored database, and those that it does not know because they were pinned, or changed their keys, after the backup. Only to be read: nothing is pinned by it.</summary>
/// <param name="restored">What the database holds.</param>
/// <param name="cards">By an operator's word; each stands for whatever card of that partner is in the database.</param>
internal sealed class AskedPeers(IPeerStore restored, IReadOnlyList<SignedNodeCard> cards) : IPeerStore
{
    public async Task<IReadOnlyList<SignedNodeCard>> ListAsync(CancellationToken cancellationToken)
        => [.. (await restored.ListAsync(cancellationToken)).Where(known => cards.All(card => card.Card.PartnerId != known.Card.PartnerId)), .. cards];

    public Task<IReadOnlyList<KeyEvent>> ListKeyEventsAsync(CancellationToken cancellationToken) => restored.ListKeyEventsAsync(cancellationToken);

    public Task<bool> TryPinAsync(SignedNodeCard card, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing is pinned while a log is inspected.");

    public Task KeepOwnAsync(SignedNodeCard card, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing is kept while a log is inspected.");

    public Task SaveKeyEventAsync(KeyEvent keyEvent, bool isOwn, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing is kept while a log is inspected.");
}
