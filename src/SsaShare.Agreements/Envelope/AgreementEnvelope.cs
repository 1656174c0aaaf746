using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>An agreement's payload with the signatures made so far. Immutable. Signatures are not yet verified: <see cref="Verify(IEnumerable{KeyHistory})"/>.</summary>
public sealed class AgreementEnvelope
{
    /// <summary>DSSE payload type; it is under every signature, so that no other document passes for an agreement.</summary>
    public const string PayloadType = "application/vnd.ssashare.agreement.v1+json";

    private readonly DsseEnvelope _envelope;

    private AgreementEnvelope(DsseEnvelope envelope) => _envelope = envelope;

    /// <summary>Of the payload as it stands, whatever it says.</summary>
    public AgreementId Id => AgreementId.Of(_envelope.Payload.Span);

    public int SignatureCount => _envelope.Signatures.Count;

    /// <summary>An envelope that nobody has signed yet.</summary>
    public static AgreementEnvelope Of(Agreement agreement) => new(DsseEnvelope.Create(PayloadType, agreement.Payload.AsSpan()));

    /// <summary>The same envelope with one more signature; the same object when this key has signed it already.</summary>
    /// <exception cref="InvalidOperationException">The envelope is full.</exception>
    public AgreementEnvelope Sign(SigningKey key)
    {
        var signed = _envelope.Sign(key);
        return ReferenceEquals(signed, _envelope) ? this : new AgreementEnvelope(signed);
    }

    /// <summary>The same envelope with the signatures that another of the same agreement has more; the same object when there are none.</summary>
    /// <param name="other">Of the same agreement.</param>
    /// <param name="pinned">The node cards that this node pins: signatures of other keys are left out.</param>
    /// <exception cref="ArgumentException">Another agreement.</exception>
    public AgreementEnvelope Unite(AgreementEnvelope other, IEnumerable<NodeCard> pinned) => Unite(other, pinned.Select(card => card.SigningKey));

    /// <inheritdoc cref="Unite(AgreementEnvelope, IEnumerable{NodeCard})"/>
    /// <param name="pinned">The keys that pinned partners have or had.</param>
    public AgreementEnvelope Unite(AgreementEnvelope other, IEnumerable<KeyHistory> pinned) => Unite(other, pinned.SelectMany(history => history.SigningKeys));

    private AgreementEnvelope Unite(AgreementEnvelope other, IEnumerable<VerificationKey> keys)
    {
        var united = _envelope.Unite(other._envelope, keys);
        return ReferenceEquals(united, _envelope) ? this : new AgreementEnvelope(united);
    }

    /// <summary>The envelope in DSSE's JSON form.</summary>
    public byte[] ToJson() => _envelope.ToJson();

    /// <summary>Reads DSSE's JSON form. Total.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="envelope">The envelope, its signatures not yet verified.</param>
    /// <param name="fault">Why it is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out AgreementEnvelope? envelope, [NotNullWhen(false)] out string? fault)
    {
        envelope = null;
        if (!DsseEnvelope.TryParse(json, out var parsed, out fault)) return false;
        if (parsed.PayloadType != PayloadType)
        {
            fault = $"The payload is of type '{Show.Text(parsed.PayloadType)}', expected '{PayloadType}'.";
            return false;
        }
        envelope = new AgreementEnvelope(parsed);
        return true;
    }

    /// <summary>Verifies every signature with the keys of the pinned node cards, then reads the payload as received.</summary>
    /// <param name="pinned">The node cards that this node pins; at most one for each partner counts, the first.</param>
    public AgreementVerification Verify(IEnumerable<NodeCard> pinned)
        => Verify(pinned.DistinctBy(card => card.PartnerId, StringComparer.Ordinal).ToDictionary(card => card.PartnerId, IReadOnlyList<VerificationKey> (card) => [card.SigningKey], StringComparer.Ordinal));

    /// <summary>
    /// Verifies every signature with the keys that pinned partners have or had, then reads the payload as received. A party signs with the key
    /// that the payload names; it has no date, so whoever takes one must ask <see cref="KeyHistory.IsRevoked"/> of signatures that are new there.
    /// </summary>
    /// <param name="pinned">At most one history for each partner.</param>
    public AgreementVerification Verify(IEnumerable<KeyHistory> pinned) => Verify(pinned.ToDictionary(history => history.PartnerId, history => history.SigningKeys, StringComparer.Ordinal));

    private AgreementVerification Verify(Dictionary<string, IReadOnlyList<VerificationKey>> keys)
    {
        var signers = _envelope.Verify(keys.Values.SelectMany(one => one)).Select(key => key.Id).ToHashSet();
        if (signers.Count == 0) return AgreementVerification.Refused(AgreementOutcome.BadSignature, "No signature is that of a partner whose node card is pinned here.");
        if (signers.Count < SignatureCount)
            return AgreementVerification.Refused(AgreementOutcome.BadSignature, $"{SignatureCount - signers.Count} of {SignatureCount} signatures are repeated, wrong, or of keys that are not pinned here.");
        var result = Agreement.Read(_envelope.Payload.Span);
        if (!result.TryGetValue(out var agreement)) return AgreementVerification.Refused(AgreementOutcome.Malformed, $"The payload is no agreement: {result.Issues[0]}");
        return Compare(agreement, keys, signers);
    }

    private static AgreementVerification Compare(Agreement agreement, Dictionary<string, IReadOnlyList<VerificationKey>> keys, HashSet<KeyId> signers)
    {
        foreach (var party in agreement.Parties)
            if (keys.TryGetValue(party.Partner.Value, out var known) && known.All(key => key.Id != party.SigningKey))
                return AgreementVerification.Refused(AgreementOutcome.KeyNotPinned, $"The agreement names a signing key for '{party.Partner}' that is none of the node card pinned here.");
        var signed = agreement.Parties.Where(party => keys.ContainsKey(party.Partner.Value) && signers.Contains(party.SigningKey)).Select(party => party.Partner).ToList();
        if (signed.Count < signers.Count) return AgreementVerification.Refused(AgreementOutcome.SignerNotParty, "A signer is not a party to the agreement.");
        var missing = agreement.Parties.Select(party => party.Partner).Except(signed).ToList();
        return AgreementVerification.Verified(agreement, [.. signed], [.. missing]);
    }
}
