using System.Collections.Immutable;

namespace SsaShare.Signing;

/// <summary>
/// The keys that a partner has had, each with its time: a chain of cards and the events that lead from one to the next. It begins with a card
/// that somebody pinned and grows at both ends. Immutable and pure.
/// </summary>
/// <remarks>
/// Times are cut without gap: each date belongs to exactly one card, and a revocation gives every date since the compromise to the new
/// card, so that its owner can sign again what was signed then.
/// </remarks>
public sealed partial class KeyHistory
{
    private readonly ImmutableArray<SignedNodeCard> _cards;
    private readonly ImmutableArray<KeyEvent> _events;

    /// <summary>Cards that a conflict took out of the chain.</summary>
    private readonly ImmutableArray<SignedNodeCard> _disputed = [];

    private KeyHistory(ImmutableArray<SignedNodeCard> cards, ImmutableArray<KeyEvent> events)
        => (_cards, _events) = (cards, events);

    private KeyHistory(ImmutableArray<SignedNodeCard> cards, ImmutableArray<KeyEvent> events, KeyEventConflict? conflict, ImmutableArray<SignedNodeCard> disputed)
        : this(cards, events)
        => (Conflict, _disputed) = (conflict, disputed);

    public string PartnerId => _cards[0].Card.PartnerId;

    /// <summary>The card in use, as far as it is believed: in a conflict, the one before it.</summary>
    public SignedNodeCard Current => _cards[^1];

    /// <summary>The earliest card known.</summary>
    public SignedNodeCard First => _cards[0];

    /// <summary>From the earliest known to <see cref="Current"/>.</summary>
    public IReadOnlyList<SignedNodeCard> Cards => _cards;

    /// <summary>Those that lead from one of <see cref="Cards"/> to the next.</summary>
    public IReadOnlyList<KeyEvent> Events => _events;

    /// <summary>Number of the last change believed, as the card in use says it; 0 for a first card.</summary>
    public int Sequence => Current.Card.Sequence;

    /// <summary>Two changes of one card; null as long as there is none.</summary>
    public KeyEventConflict? Conflict { get; }

    /// <summary>The history of a partner of whom nothing but a card is known.</summary>
    public static KeyHistory Of(SignedNodeCard card) => new([card], []);

    /// <summary>The key with that id, when documents of that date are to be signed by it; otherwise null.</summary>
    /// <param name="id">As the document names it.</param>
    /// <param name="at">The document's own date.</param>
    public VerificationKey? SigningKey(KeyId id, DateTimeOffset at)
        => CardAt(at)?.SigningKey is { } key && key.Id == id ? key : null;

    /// <summary>The key with that id for a document without a date: when it is or was the partner's and nobody else had it.</summary>
    public VerificationKey? UndatedKey(KeyId id)
    {
        VerificationKey? key = EverKey(id);
        return key is null || IsRevoked(id) ? null : key;
    }

    /// <summary>The key with that id when it ever was the partner's: for what was checked when it arrived and is read back.</summary>
    public VerificationKey? EverKey(KeyId id)
        => SigningKeys.FirstOrDefault(key => key.Id == id);

    /// <summary>All signing keys that ever were the partner's, each once.</summary>
    public IReadOnlyList<VerificationKey> SigningKeys => [.. _cards.Concat(_disputed).Select(card => card.Card.SigningKey).Distinct()];

    /// <summary>Whether a revocation or a conflict took that key out of use.</summary>
    public bool IsRevoked(KeyId id)
    {
        // A revocation takes every key before it out of use: whoever had the last may have had those before.
        int replaced = 0;
        for (int i = 0; i < _events.Length; i++)
        {
            replaced = _events[i].Action == KeyAction.Revoke ? i + 1 : replaced;
        }

        return _cards.Take(replaced).Any(card => card.Card.SigningKey.Id == id)
            || (_disputed.Any(card => card.Card.SigningKey.Id == id) && !_cards.Any(card => card.Card.SigningKey.Id == id));
    }

    /// <summary>The name of the partner's log: the origin line of the checkpoints that it signs now.</summary>
    public string LogName => Current.Card.LogKey.Name;

    /// <summary>Whether the partner's log has or had that name, as far as it is believed.</summary>
    public bool HasLog(string origin) => _cards.Any(card => card.Card.LogKey.Name == origin);

    /// <summary>The restore by which the log of that name ended; null where it goes on, and for a name that is not the partner's.</summary>
    public KeyEvent? EndOf(string origin) => _events.FirstOrDefault(one => one.Action == KeyAction.Restore && one.Previous.Card.LogKey.Name == origin);

    /// <summary>The restore by which the log of that name began; null for the first, and for a name that is not the partner's.</summary>
    public KeyEvent? BeginningOf(string origin) => _events.FirstOrDefault(one => one.Action == KeyAction.Restore && one.Next.Card.LogKey.Name == origin);

    /// <summary>Checkpoints under <see cref="LogName"/> have more entries than that: 0, or the size of the log when it was restored from a backup last.</summary>
    public long LogBegin => BeginningOf(LogName)?.LogSize ?? 0;

    /// <summary>The key that signs the partner's checkpoints of that many entries; null when that is in conflict, and where there can be none.</summary>
    /// <param name="origin">Name of the log: after a restore it goes on under another from a size that it had before.</param>
    /// <param name="size">Entries.</param>
    public NoteVerifier? LogKey(string origin, long size) => LogCard(origin, size) is { } card ? _cards[card].Card.LogKey : null;

    private int? LogCard(string origin, long size)
    {
        int card = _cards.Length - 1;
        while (card >= 0 && _cards[card].Card.LogKey.Name != origin)
        {
            card--;
        }

        if (card < 0 || (card == _cards.Length - 1 && Conflict is { } conflict && size > Math.Min(conflict.Known.LogSize, conflict.Other.LogSize)))
        {
            return null;
        }

        while (card > 0 && _events[card - 1].LogSize >= size)
        {
            if (_events[card - 1].Action == KeyAction.Restore)
            {
                return null;
            }

            card--;
        }

        return card;
    }

    /// <summary>Since when somebody else may have had the key of checkpoints of that many entries, because a revocation replaced it; null when none did.</summary>
    /// <remarks>Sizes alone do not tell what the owner signed from what a thief signed: checkpoints of the old key stay valid up to the revocation's <see cref="KeyEvent.LogSize"/>.</remarks>
    public DateTimeOffset? LogKeyCompromisedSince(string origin, long size)
        => LogCard(origin, size) is { } card
            ? _events.Skip(card).Where(one => one.Action == KeyAction.Revoke && !one.Next.Card.LogKey.PublicKey.SequenceEqual(_cards[card].Card.LogKey.PublicKey)).Min(one => one.CompromisedSince)
            : null;

    /// <summary>The key that made the partner's cosignatures of that date; null when that is in conflict.</summary>
    public NoteVerifier? WitnessKey(DateTimeOffset at) => CardAt(at)?.WitnessKey;

    /// <summary>Whether two histories of one partner can both be true: where they overlap they are the same.</summary>
    public bool IsConsistentWith(KeyHistory other)
    {
        int here = IndexOf(other.First.Id), there = here >= 0 ? 0 : other.IndexOf(First.Id);
        if (here < 0 && there < 0)
        {
            return false;
        }

        here = Math.Max(here, 0);
        int both = Math.Min(_cards.Length - here, other._cards.Length - there);
        return _cards.Skip(here).Take(both).Select(card => card.Id).SequenceEqual(other._cards.Skip(there).Take(both).Select(card => card.Id))
            && _events.Skip(here).Take(both - 1).Select(one => one.Id).SequenceEqual(other._events.Skip(there).Take(both - 1).Select(one => one.Id));
    }

    private int IndexOf(NodeCardId id) => _cards.Select(card => card.Id).ToList().IndexOf(id);

    private NodeCard? CardAt(DateTimeOffset at)
    {
        if (Conflict is { } conflict && (at >= conflict.Known.Boundary || at >= conflict.Other.Boundary))
        {
            return null;
        }

        int card = _events.Length;
        while (card > 0 && _events[card - 1].Boundary > at)
        {
            card--;
        }

        return _cards[card].Card;
    }
}

/// <summary>Two changes of one card, both signed by its recovery key: the evidence.</summary>
/// <param name="Known">The one that came first here.</param>
/// <param name="Other">The one that came later.</param>
public sealed record KeyEventConflict(KeyEvent Known, KeyEvent Other);
