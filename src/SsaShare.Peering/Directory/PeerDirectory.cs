using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>The pinned node cards and what became of their keys as one immutable snapshot, replaced whole when a peer is added or its keys change.</summary>
/// <param name="time">Null for the system's.</param>
public sealed partial class PeerDirectory(NodeIdentity identity, IPeerStore store, TimeProvider? time = null) : IKeyBook, IDisposable
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SemaphoreSlim _adding = new(1, 1);
    private volatile Snapshot _snapshot = new([identity.Keys]);

    /// <summary>Completes when cards change; taken before reading, so that no change is missed.</summary>
    public Task Changed => _snapshot.Replaced.Task;

    public IReadOnlyCollection<PinnedPeer> Peers => _snapshot.ByPartner.Values;

    public PinnedPeer? Find(PartnerId partner) => _snapshot.ByPartner.GetValueOrDefault(partner);

    /// <summary>The keys of all pinned partners and of this node's own as they are known now.</summary>
    public KeyBook Keys => _snapshot.Keys;

    /// <summary>This node's own keys, by its folder and its store.</summary>
    public KeyHistory Own => Keys.Find(identity.Partner) ?? identity.Keys;

    public bool Knows(PartnerId partner) => Keys.Knows(partner);

    public VerificationKey? SigningKey(PartnerId partner, KeyId id, Epoch at) => Keys.SigningKey(partner, id, at);

    public VerificationKey? UndatedKey(PartnerId partner, KeyId id) => Keys.UndatedKey(partner, id);

    public NoteVerifier? LogKey(PartnerId partner, string origin, long size) => Keys.LogKey(partner, origin, size);

    public KeyEvent? EndOfLog(PartnerId partner, string origin) => Keys.EndOfLog(partner, origin);

    public NoteVerifier? WitnessKey(PartnerId partner, Epoch at) => Keys.WitnessKey(partner, at);

    /// <summary>Whose node or operator presents this TLS key.</summary>
    public Caller? FindCaller(SpkiPin pin) => _snapshot.ByPin.TryGetValue(pin, out var caller) ? caller : null;

    /// <summary>Reads the store. Called once at start, after migration.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <summary>Pins a card.</summary>
    /// <returns>Null, or why not: another card is pinned for that partner, or a key in it is another partner's or has another use already.</returns>
    public async Task<string?> TryAddAsync(SignedNodeCard card, CancellationToken cancellationToken)
    {
        if (card.Card.PartnerId == identity.Partner.Value)
            return card.Id == identity.Card.Id ? null : $"'{card.Card.PartnerId}' is this node's own partner, and the card is not its own.";
        // One at a time: each is checked against all before it, and no older list takes a newer one's place.
        await _adding.WaitAsync(cancellationToken);
        try
        {
            return await PinAsync(card, PartnerId.Parse(card.Card.PartnerId), cancellationToken);
        }
        finally
        {
            _adding.Release();
        }
    }

    public void Dispose() => _adding.Dispose();

    private async Task<string?> PinAsync(SignedNodeCard card, PartnerId partner, CancellationToken cancellationToken)
    {
        // Pins are public: a card that lists another's would turn that partner's calls into its own.
        if (ClaimsOthers(partner, card.Card)) return $"The card of '{partner}' lists a key that is pinned for another partner or another use.";
        if (NoteNames.OwnerOfLog(card.Card.LogKey.Name) != partner) return $"The card of '{partner}' names its log {card.Card.LogKey.Name}, which is no name of that partner's log.";
        // A card that its keys have come to, or were at, is no other card.
        if (Find(partner) is { } pinned && pinned.Keys.Cards.Any(one => one.Id == card.Id)) return null;
        if (!await store.TryPinAsync(card, cancellationToken)) return $"Another node card is pinned for '{partner}'. A changed card is not taken silently.";
        await ReadAsync(cancellationToken);
        return null;
    }

    private bool ClaimsOthers(PartnerId partner, NodeCard card)
        => card.TlsPins.Any(pin => FindCaller(pin) is { } caller && caller != new Caller(partner, CallerKind.Node))
            || card.OperatorPins.Any(pin => FindCaller(pin) is { } caller && caller != new Caller(partner, CallerKind.Operator))
            || card.TlsPins.Intersect(card.OperatorPins).Any()
            || Peers.Any(peer => peer.Partner != partner && peer.Keys.Cards.Any(one => SharesKey(one.Card, card)));

    /// <summary>Whether a key of one card stands in the other, in whatever use and under whatever name.</summary>
    private static bool SharesKey(NodeCard one, NodeCard other) => KeysOf(one).Intersect(KeysOf(other)).Any();

    private static IEnumerable<string> KeysOf(NodeCard card)
        => new[] { card.SigningKey.PublicKey.ToArray(), card.RecoveryKey.PublicKey.ToArray(), card.LogKey.PublicKey.ToArray(), card.WitnessKey.PublicKey.ToArray() }.Select(Convert.ToHexString);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var cards = await store.ListAsync(cancellationToken);
        // Of its own keys this node knows what its folder says as well.
        var events = (await store.ListKeyEventsAsync(cancellationToken)).Concat(identity.Keys.Events).ToLookup(one => one.PartnerId, StringComparer.Ordinal);
        var histories = cards.Select(card => KeyHistory.Of(card).WithAll(events[card.Card.PartnerId])).ToList();
        if (histories.All(history => history.PartnerId != identity.Partner.Value)) histories.Add(identity.Keys);
        var before = _snapshot;
        _snapshot = new Snapshot(histories);
        before.Replaced.TrySetResult();
    }

    private sealed class Snapshot
    {
        public Snapshot(IReadOnlyList<KeyHistory> histories)
        {
            Keys = new KeyBook(histories);
            ByPartner = Keys.Histories.Select(history => new PinnedPeer(PartnerId.Parse(history.PartnerId), history)).ToDictionary(peer => peer.Partner);
            ByPin = [];
            foreach (var peer in ByPartner.Values)
            {
                foreach (var pin in peer.Card.Card.TlsPins) ByPin.TryAdd(pin, new Caller(peer.Partner, CallerKind.Node));
                foreach (var pin in peer.Card.Card.OperatorPins) ByPin.TryAdd(pin, new Caller(peer.Partner, CallerKind.Operator));
            }
        }

        public KeyBook Keys { get; }
        public Dictionary<PartnerId, PinnedPeer> ByPartner { get; }
        public Dictionary<SpkiPin, Caller> ByPin { get; }
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A partner whose card is pinned here.</summary>
/// <param name="Partner">Who.</param>
/// <param name="Keys">The card that was pinned and what followed on it.</param>
public sealed record PinnedPeer(PartnerId Partner, KeyHistory Keys)
{
    /// <summary>The card in use.</summary>
    public SignedNodeCard Card => Keys.Current;
}

/// <summary>Who is at the other end of a TLS connection.</summary>
public readonly record struct Caller(PartnerId Partner, CallerKind Kind);

/// <summary>Which of a partner's certificates was presented.</summary>
public enum CallerKind
{
    Node = 1,
    Operator = 2,

    /// <summary>Of nobody's card: somebody whom this node's operator lets read its log. The partner is then this node's own.</summary>
    Auditor = 3,
}
