using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>The pinned node cards as one immutable snapshot, replaced whole when a peer is added.</summary>
public sealed class PeerDirectory(NodeIdentity identity, IPeerStore store)
{
    private volatile Snapshot _snapshot = new([identity.Card]);

    /// <summary>Completes when cards change; taken before reading, so that no change is missed.</summary>
    public Task Changed => _snapshot.Replaced.Task;

    public IReadOnlyCollection<PinnedPeer> Peers => _snapshot.ByPartner.Values;

    public PinnedPeer? Find(PartnerId partner) => _snapshot.ByPartner.GetValueOrDefault(partner);

    /// <summary>The key that a partner's documents must verify with; null where no card is pinned.</summary>
    public VerificationKey? FindKey(PartnerId partner) => Find(partner)?.Card.Card.SigningKey;

    /// <summary>Whose node or operator presents this TLS key.</summary>
    public Caller? FindCaller(SpkiPin pin) => _snapshot.ByPin.TryGetValue(pin, out var caller) ? caller : null;

    /// <summary>Reads the store. Called once at start, after migration.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken) => Replace(await store.ListAsync(cancellationToken));

    /// <summary>Pins a card.</summary>
    /// <returns>False when another card is pinned for that partner; that one stays.</returns>
    public async Task<bool> TryAddAsync(SignedNodeCard card, CancellationToken cancellationToken)
    {
        if (card.Card.PartnerId == identity.Partner.Value) return card.Id == identity.Card.Id;
        if (!await store.TryPinAsync(card, cancellationToken)) return false;
        Replace(await store.ListAsync(cancellationToken));
        return true;
    }

    private void Replace(IReadOnlyList<SignedNodeCard> cards)
    {
        var before = _snapshot;
        _snapshot = new Snapshot([identity.Card, .. cards.Where(card => card.Card.PartnerId != identity.Partner.Value)]);
        before.Replaced.TrySetResult();
    }

    private sealed class Snapshot
    {
        public Snapshot(IReadOnlyList<SignedNodeCard> cards)
        {
            ByPartner = cards.Select(card => new PinnedPeer(PartnerId.Parse(card.Card.PartnerId), card)).ToDictionary(peer => peer.Partner);
            ByPin = [];
            foreach (var peer in ByPartner.Values)
            {
                foreach (var pin in peer.Card.Card.TlsPins) ByPin.TryAdd(pin, new Caller(peer.Partner, CallerKind.Node));
                foreach (var pin in peer.Card.Card.OperatorPins) ByPin.TryAdd(pin, new Caller(peer.Partner, CallerKind.Operator));
            }
        }

        public Dictionary<PartnerId, PinnedPeer> ByPartner { get; }
        public Dictionary<SpkiPin, Caller> ByPin { get; }
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A partner whose card is pinned here.</summary>
public sealed record PinnedPeer(PartnerId Partner, SignedNodeCard Card);

/// <summary>Who is at the other end of a TLS connection.</summary>
public readonly record struct Caller(PartnerId Partner, CallerKind Kind);

/// <summary>Which of a partner's certificates was presented.</summary>
public enum CallerKind
{
    Node = 1,
    Operator = 2,
}
