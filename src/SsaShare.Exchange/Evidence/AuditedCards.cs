using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Whose keys an audit believes, as far as the log has been read: what it pins, and what it holds of changes of keys. Once the auditor brings
/// a card, only partners of whom the auditor brings one count, and the log must lead to it or from it, so that a node cannot vouch for
/// partners it invented. Without any, the cards are those that the log itself commits to as pinned; they must be compared by another way.
/// </summary>
internal sealed class AuditedCards : IKeyBook
{
    private const int EntriesShown = 10;
    private readonly SignedNodeCard _own;
    private readonly ILookup<string, SignedNodeCard> _given;
    private readonly Dictionary<string, KeyHistory> _histories = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _unchecked = new(StringComparer.Ordinal);
    private bool _isBegun;

    /// <summary>Places and dates of documents whose signatures held where they stand.</summary>
    private readonly Dictionary<(PartnerId Signer, KeyId Key), List<(long Entry, Epoch At)>> _signed = [];

    private AuditedCards(SignedNodeCard own, IEnumerable<SignedNodeCard> given)
    {
        _own = own;
        _given = given.ToLookup(card => card.Card.PartnerId, StringComparer.Ordinal);
        _histories.Add(own.Card.PartnerId, KeyHistory.Of(own));
    }

    /// <summary>Whether the auditor brought them.</summary>
    public bool AreGiven => _given.Count > 0;

    public IReadOnlyCollection<KeyHistory> Histories => _histories.Values;

    /// <summary>How many changes of keys the log holds.</summary>
    public int Changes { get; private set; }

    /// <summary>What is no fault and still worth knowing of keys, one sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Cards in use with their ids, for people to compare.</summary>
    public string Ids => string.Join(", ", _histories.Values.OrderBy(history => history.PartnerId, StringComparer.Ordinal).Select(history => $"{history.PartnerId} {history.Current.Id}"));

    /// <summary>Documents that could not be checked, by the partner whose card is missing.</summary>
    public IReadOnlyDictionary<string, int> Unchecked => _unchecked;

    /// <param name="own">The card of the bundle's own node.</param>
    /// <param name="given">What the auditor brings; may be empty.</param>
    /// <param name="fault">Why these cards cannot be used.</param>
    public static bool TryCreate(SignedNodeCard own, IReadOnlyCollection<SignedNodeCard> given, out AuditedCards cards, [NotNullWhen(false)] out string? fault)
    {
        cards = new AuditedCards(own, given);
        fault = cards.AreGiven && !cards._given.Contains(own.Card.PartnerId) ? $"No card was given for '{own.Card.PartnerId}', whose log this is." : null;
        return fault is null;
    }

    public KeyHistory? Find(string partner) => _histories.GetValueOrDefault(partner);

    public bool Knows(PartnerId partner) => _histories.ContainsKey(partner.Value);

    public VerificationKey? SigningKey(PartnerId partner, KeyId id, Epoch at) => Find(partner.Value) is { } history && KeyBook.Clock(at) is { } time ? history.SigningKey(id, time) : null;

    public VerificationKey? UndatedKey(PartnerId partner, KeyId id) => Find(partner.Value)?.UndatedKey(id);

    public NoteVerifier? LogKey(PartnerId partner, string origin, long size) => Find(partner.Value)?.LogKey(origin, size);

    public KeyEvent? EndOfLog(PartnerId partner, string origin) => Find(partner.Value)?.EndOf(origin);

    public NoteVerifier? WitnessKey(PartnerId partner, Epoch at) => Find(partner.Value) is { } history && KeyBook.Clock(at) is { } time ? history.WitnessKey(time) : null;

    /// <summary>Takes the first card of the log's own node.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Begin(SignedNodeCard card)
    {
        if (card.Card.PartnerId != _own.Card.PartnerId) return $"it is of '{card.Card.PartnerId}'";
        if (_isBegun) return "the log begins with another node card already";
        _isBegun = true;
        _histories[card.Card.PartnerId] = KeyHistory.Of(card);
        return null;
    }

    /// <summary>Takes a card that the log commits to as pinned.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Pin(SignedNodeCard card)
    {
        string partner = card.Card.PartnerId;
        if (Find(partner) is { } known) return HaveSameKeys(known, card) ? null : $"another card of '{partner}' is pinned already";
        if (!AreGiven || _given.Contains(partner)) _histories.Add(partner, KeyHistory.Of(card));
        return null;
    }

    /// <summary>Takes a change of keys that the log holds.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Change(KeyEvent change, bool isOwn)
    {
        string partner = change.PartnerId;
        if (isOwn != (partner == _own.Card.PartnerId)) return $"it is of '{partner}'";
        if (Find(partner) is not { } history) return AreGiven ? null : $"the log pins no card of '{partner}' before it";
        var (outcome, after, fault) = history.With(change);
        if (outcome == KeyEventOutcome.Conflict && !isOwn) Notes.Add($"'{partner}' has signed two changes of one card (numbers {after.Conflict!.Known.Sequence} and {change.Sequence}): neither is believed from then on. Ask '{partner}' who has its recovery key.");
        else if (outcome != KeyEventOutcome.Taken) return outcome == KeyEventOutcome.Known ? "the log holds it already" : fault;
        _histories[partner] = after;
        Changes++;
        return null;
    }

    /// <summary>Notes a document that a revoked key signed and that came after the revocation was known, with a date of before the compromise.</summary>
    public void NoteBackdated(PartnerId signer, string where)
        => Notes.Add($"{where} is signed by a key of '{signer}' that was revoked, dated before the compromise and first seen after the revocation: whoever has the key can date as they like. Ask '{signer}' whether it is theirs.");

    /// <summary>Takes a document whose signature holds by what the log has told of keys up to there.</summary>
    public void TakeSigned(PartnerId signer, KeyId key, Epoch at, long entry)
    {
        if (!_signed.TryGetValue((signer, key), out var documents)) _signed.Add((signer, key), documents = []);
        documents.Add((entry, at));
    }

    /// <summary>Notes documents that a key signed which, as the log tells only further on, was in other hands at their date.</summary>
    public void NoteOutlived()
    {
        foreach (var ((signer, key), documents) in _signed.OrderBy(pair => pair.Value[0].Entry))
        {
            var outlived = documents.Where(document => SigningKey(signer, key, document.At) is null).Select(document => document.Entry).ToList();
            if (outlived.Count == 0) continue;
            Notes.Add($"{outlived.Count} documents are signed by a key of '{signer}' that was taken out of use later with effect for their dates (entries {string.Join(", ", outlived.Take(EntriesShown))}{(outlived.Count > EntriesShown ? ", ..." : "")}): "
                + $"they came before that was known here, and somebody else may have signed them. Ask '{signer}' which are theirs.");
        }
    }

    /// <summary>What is wrong with the cards, now that the log has been read: each one given must be one to which the log leads.</summary>
    public IEnumerable<string> Conclude()
    {
        var own = _histories[_own.Card.PartnerId];
        if (own.Current.Id != _own.Id && !HaveSameKeys(own.Current, _own)) yield return $"The bundle carries another card of '{own.PartnerId}' than the one to which its log leads.";
        foreach (var history in _histories.Values)
            foreach (var card in _given[history.PartnerId])
                if (!HaveSameKeys(history, card)) yield return history == own ? $"The bundle carries another card for '{history.PartnerId}' than the one given." : $"the node pinned another card of '{history.PartnerId}' than the one given.";
    }

    /// <summary>Counts a document of a partner without a card.</summary>
    public void CountUnchecked(string partner) => _unchecked[partner] = _unchecked.GetValueOrDefault(partner) + 1;

    private static bool HaveSameKeys(KeyHistory history, SignedNodeCard card) => history.Cards.Any(one => HaveSameKeys(one, card));

    /// <summary>Whether two cards name the same keys; the rest of a card may change.</summary>
    private static bool HaveSameKeys(SignedNodeCard one, SignedNodeCard other)
        => one.Card.SigningKey.Equals(other.Card.SigningKey) && one.Card.LogKey.Equals(other.Card.LogKey) && one.Card.WitnessKey.Equals(other.Card.WitnessKey) && one.Card.RecoveryKey.Equals(other.Card.RecoveryKey);
}
