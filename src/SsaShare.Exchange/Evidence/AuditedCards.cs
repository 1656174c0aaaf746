using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Whose keys an audit believes. Once the auditor brings a card, only cards that the auditor brings count, so that a node cannot vouch for
/// partners it invented. Without any, the cards are those that the log itself commits to as pinned; they must be compared by another way.
/// </summary>
internal sealed class AuditedCards
{
    private readonly Dictionary<string, SignedNodeCard> _cards = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _unchecked = new(StringComparer.Ordinal);

    private AuditedCards(bool areGiven) => AreGiven = areGiven;

    /// <summary>Whether the auditor brought them.</summary>
    public bool AreGiven { get; }

    public IEnumerable<NodeCard> All => _cards.Values.Select(card => card.Card);

    /// <summary>Cards with their ids, for people to compare.</summary>
    public string Ids => string.Join(", ", _cards.Values.OrderBy(card => card.Card.PartnerId, StringComparer.Ordinal).Select(card => $"{card.Card.PartnerId} {card.Id}"));

    /// <summary>Documents that could not be checked, by the partner whose card is missing.</summary>
    public IReadOnlyDictionary<string, int> Unchecked => _unchecked;

    /// <param name="own">The card of the bundle's own node.</param>
    /// <param name="given">What the auditor brings; may be empty.</param>
    /// <param name="fault">Why these cards cannot be used.</param>
    public static bool TryCreate(SignedNodeCard own, IReadOnlyCollection<SignedNodeCard> given, out AuditedCards cards, [NotNullWhen(false)] out string? fault)
    {
        cards = new AuditedCards(given.Count > 0);
        fault = null;
        foreach (var card in given)
            if (!cards._cards.TryAdd(card.Card.PartnerId, card) && !HaveSameKeys(cards._cards[card.Card.PartnerId], card)) fault = $"Two cards with different keys were given for '{card.Card.PartnerId}'.";
        if (fault is null && cards.AreGiven)
        {
            fault = !cards._cards.TryGetValue(own.Card.PartnerId, out var known) ? $"No card was given for '{own.Card.PartnerId}', whose log this is."
                : !HaveSameKeys(known, own) ? $"The bundle carries another card for '{own.Card.PartnerId}' than the one given."
                : null;
        }
        else cards._cards.TryAdd(own.Card.PartnerId, own);
        return fault is null;
    }

    public NodeCard? Find(string partner) => _cards.GetValueOrDefault(partner)?.Card;

    /// <summary>Takes a card that the log commits to as pinned.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Pin(SignedNodeCard card)
    {
        if (_cards.TryGetValue(card.Card.PartnerId, out var known))
        {
            return HaveSameKeys(known, card) ? null
                : AreGiven ? $"the node pinned another card of '{card.Card.PartnerId}' than the one given"
                : $"another card of '{card.Card.PartnerId}' is pinned already";
        }
        if (!AreGiven) _cards.Add(card.Card.PartnerId, card);
        return null;
    }

    /// <summary>Counts a document of a partner without a card.</summary>
    public void CountUnchecked(string partner) => _unchecked[partner] = _unchecked.GetValueOrDefault(partner) + 1;

    /// <summary>Whether two cards name the same keys; the rest of a card may change.</summary>
    public static bool HaveSameKeys(SignedNodeCard one, SignedNodeCard other)
        => one.Card.SigningKey.Equals(other.Card.SigningKey) && one.Card.LogKey.Equals(other.Card.LogKey);
}
