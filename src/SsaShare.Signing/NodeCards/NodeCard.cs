using System.Text.RegularExpressions;

namespace SsaShare.Signing;

/// <summary>What a partner's node tells others to pin: who it is, where it is, and its public keys. Immutable.</summary>
public sealed partial class NodeCard
{
    /// <summary>Most pins of one kind.</summary>
    public const int MaxPins = 16;

    /// <param name="partnerId">See <see cref="PartnerId"/>.</param>
    /// <param name="displayName">See <see cref="DisplayName"/>.</param>
    /// <param name="endpoint">See <see cref="Endpoint"/>.</param>
    /// <param name="signingKey">See <see cref="SigningKey"/>.</param>
    /// <param name="logKey">See <see cref="LogKey"/>.</param>
    /// <param name="witnessKey">See <see cref="WitnessKey"/>.</param>
    /// <param name="recoveryKey">See <see cref="RecoveryKey"/>.</param>
    /// <param name="tlsPins">See <see cref="TlsPins"/>.</param>
    /// <param name="operatorPins">See <see cref="OperatorPins"/>.</param>
    /// <param name="issuedAt">See <see cref="IssuedAt"/>; parts of a second are cut off.</param>
    /// <param name="previous">See <see cref="Previous"/>.</param>
    /// <param name="sequence">See <see cref="Sequence"/>.</param>
    /// <exception cref="ArgumentException">A field is not of its form; the message names it.</exception>
    public NodeCard(string partnerId, string displayName, Uri endpoint, VerificationKey signingKey, NoteVerifier logKey,
        NoteVerifier witnessKey, VerificationKey recoveryKey, IReadOnlyList<SpkiPin> tlsPins, IReadOnlyList<SpkiPin> operatorPins, DateTimeOffset issuedAt,
        NodeCardId? previous = null, int sequence = 0)
    {
        if ((Check(partnerId, displayName, endpoint, tlsPins, operatorPins) ?? CheckKeys(signingKey, logKey, witnessKey, recoveryKey) ?? CheckPlace(previous, sequence)) is { } fault)
        {
            throw new ArgumentException(fault);
        }

        PartnerId = partnerId;
        DisplayName = displayName;
        Endpoint = new Uri(endpoint.GetLeftPart(UriPartial.Authority));
        SigningKey = signingKey;
        LogKey = logKey;
        WitnessKey = witnessKey;
        RecoveryKey = recoveryKey;
        TlsPins = [.. tlsPins];
        OperatorPins = [.. operatorPins];
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt.ToUnixTimeSeconds());
        Previous = previous;
        Sequence = sequence;
    }

    /// <summary>2 to 32 of a-z, 0-9 and '-', beginning with a letter, not ending in '-': the partner ids of SsaShare.Domain.</summary>
    public string PartnerId { get; }

    /// <summary>Name shown to people, 1 to 100 characters, none of them a control character.</summary>
    public string DisplayName { get; }

    /// <summary>Where the node serves gRPC: https, host and port, nothing else.</summary>
    public Uri Endpoint { get; }

    /// <summary>The key that signs this card, agreements, publications, manifests and receipts.</summary>
    public VerificationKey SigningKey { get; }

    /// <summary>The key that signs the checkpoints of the node's transparency log.</summary>
    public NoteVerifier LogKey { get; }

    /// <summary>The key that cosigns the checkpoints of others' logs.</summary>
    public NoteVerifier WitnessKey { get; }

    /// <summary>The key that signs for a change of keys. It is needed for nothing else, so its private half is kept away from the node.</summary>
    public VerificationKey RecoveryKey { get; }

    /// <summary>Pins of the TLS keys that the node uses at both ends of a connection; at least one, all different.</summary>
    public IReadOnlyList<SpkiPin> TlsPins { get; }

    /// <summary>Pins of the client certificates of the partner's operators; may be empty, all different.</summary>
    public IReadOnlyList<SpkiPin> OperatorPins { get; }

    /// <summary>When the card was made, UTC, whole seconds.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>The card whose keys this card's keys followed on; null for a first card. Whoever has pinned this card believes no other past.</summary>
    public NodeCardId? Previous { get; }

    /// <summary>How many changes of keys led to this card: 0 for a first one.</summary>
    public int Sequence { get; }

    /// <summary>Whether the text has the form of <see cref="PartnerId"/>.</summary>
    public static bool IsPartnerId(string text) => PartnerIdPattern().IsMatch(text);

    /// <summary>Writes the payload once and signs those bytes.</summary>
    /// <param name="key">The private half of <see cref="SigningKey"/>.</param>
    /// <exception cref="ArgumentException">Another key.</exception>
    public SignedNodeCard Sign(SigningKey key) => key.VerificationKey.Equals(SigningKey)
        ? new SignedNodeCard(this, DsseEnvelope.Create(SignedNodeCard.PayloadType, NodeCardJson.Write(this)).Sign(key))
        : throw new ArgumentException("A node card is signed by the signing key that it names.", nameof(key));

    private static string? Check(string partnerId, string displayName, Uri endpoint,
        IReadOnlyList<SpkiPin> tlsPins, IReadOnlyList<SpkiPin> operatorPins)
        => !IsPartnerId(partnerId) ? "The partner id has 2 to 32 of a-z, 0-9 and '-', begins with a letter and does not end in '-'."
            : displayName.Length is < 1 or > 100 || displayName.Any(char.IsControl) ? "The display name has 1 to 100 characters, none of them control characters."
            : !IsEndpoint(endpoint) ? "The endpoint is https with host and port and nothing else."
            : tlsPins.Count is < 1 or > MaxPins || tlsPins.Distinct().Count() != tlsPins.Count ? $"There are 1 to {MaxPins} different TLS pins."
            : operatorPins.Count > MaxPins || operatorPins.Distinct().Count() != operatorPins.Count ? $"There are at most {MaxPins} different operator pins."
            : null;

    private static string? CheckKeys(VerificationKey signingKey, NoteVerifier logKey, NoteVerifier witnessKey, VerificationKey recoveryKey)
        => logKey.Type != NoteSignatureType.Ed25519 ? "The log key is an Ed25519 note key."
            : witnessKey.Type != NoteSignatureType.CosignatureV1 ? "The witness key is a cosigner's Ed25519 key."
            : SharesKeys([signingKey.PublicKey.ToArray(), recoveryKey.PublicKey.ToArray(), logKey.PublicKey.ToArray(), witnessKey.PublicKey.ToArray()]) ? "Each key of a card is for one purpose: no two of them are the same."
            : null;

    /// <summary>Whether two of these are of one key. A hybrid key is both of its halves.</summary>
    private static bool SharesKeys(IReadOnlyList<byte[]> keys)
    {
        List<string> parts = [.. keys.SelectMany(key => key.Length == Hybrid.PublicKeySize
            ? new[] { Convert.ToHexString(key, 0, MlDsa44.PublicKeySize), Convert.ToHexString(key, MlDsa44.PublicKeySize, EcdsaP256.PublicKeySize) }
            : [Convert.ToHexString(key)])];
        return parts.Distinct().Count() != parts.Count;
    }

    private static string? CheckPlace(NodeCardId? previous, int sequence)
        => sequence < 0 || (sequence > 0) != (previous is not null) ? "A card that follows on another names it and its own number, from 1; a first card names neither." : null;

    private static bool IsEndpoint(Uri endpoint)
        => endpoint.IsAbsoluteUri && endpoint.Scheme == Uri.UriSchemeHttps && endpoint.Host.Length > 0 && endpoint.UserInfo.Length == 0
            && endpoint.PathAndQuery == "/" && endpoint.Fragment.Length == 0;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,30}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex PartnerIdPattern();
}
