using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>A public key that knows its algorithm. Immutable and safe to share between threads.</summary>
public sealed class VerificationKey : IEquatable<VerificationKey>
{
    // The longest key in base64, its algorithm's name, and room for a longer name.
    private const int LongestText = 2_000;

    private readonly byte[] _publicKey;
    private readonly IPublicKeyOperations _operations;

    private VerificationKey(SignatureAlgorithm algorithm, byte[] publicKey, IPublicKeyOperations operations)
    {
        Algorithm = algorithm;
        _publicKey = publicKey;
        _operations = operations;
        Id = KeyId.Of(algorithm, publicKey);
    }

    public SignatureAlgorithm Algorithm { get; }

    public KeyId Id { get; }

    /// <summary>Ed25519: the 32 bytes of RFC 8032. P-256: the uncompressed point of SEC 1, 65 bytes. Hybrid: ML-DSA-44's 1,312 bytes and that point.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>Whether <paramref name="signature"/> is this key's over the label and the message.</summary>
    /// <param name="context">The kind of document expected here; a constant of the caller, never read from the document.</param>
    /// <param name="message">The exact bytes received.</param>
    /// <param name="signature">Any bytes.</param>
    /// <remarks>Of an ECDSA signature (r, s) anyone can make (r, -s), which verifies too: signature bytes identify nothing.</remarks>
    public bool Verify(ContextLabel context, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        => _operations.Verify(context.Prefix, message, signature);

    /// <summary>For encodings that separate their domain themselves (DSSE); everything else gives a label.</summary>
    internal bool VerifyUnlabelled(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        => _operations.Verify([], message, signature);

    /// <summary>Makes a key of its bytes.</summary>
    /// <returns>False when the length, the form or the point is wrong for the algorithm, or the platform lacks the algorithm.</returns>
    public static bool TryCreate(SignatureAlgorithm algorithm, ReadOnlySpan<byte> publicKey, [NotNullWhen(true)] out VerificationKey? key)
    {
        try
        {
            IPublicKeyOperations? operations = algorithm switch
            {
                SignatureAlgorithm.Ed25519 when publicKey.Length == LibCrypto.PublicKeySize => new Ed25519PublicKey(publicKey),
                SignatureAlgorithm.EcdsaP256Sha256 when EcdsaP256.TryReadPoint(publicKey) is { } point => new EcdsaP256PublicKey(point),
                SignatureAlgorithm.MlDsa44EcdsaP256 when publicKey.Length == Hybrid.PublicKeySize => new HybridPublicKey(publicKey),
                _ => null,
            };
            key = operations is null ? null : new VerificationKey(algorithm, publicKey.ToArray(), operations);
        }
        catch (CryptographicException)
        {
            key = null; // A point that is not on the curve is foreign input, not a failure of ours; so is an algorithm that this platform lacks.
        }

        return key is not null;
    }

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out VerificationKey? key)
    {
        key = null;
        int colon = text is { Length: < LongestText } ? text.IndexOf(':', StringComparison.Ordinal) : -1;
        return colon > 0
            && SignatureAlgorithmNames.TryParse(text![..colon], out SignatureAlgorithm algorithm)
            && CanonicalBase64.TryDecode(text[(colon + 1)..], out byte[]? publicKey)
            && TryCreate(algorithm, publicKey, out key);
    }

    /// <summary>Whether a text that <see cref="TryParse"/> refused names an algorithm that this platform lacks.</summary>
    internal static bool IsOfMissingAlgorithm(string text)
        => SignatureAlgorithmNames.TryParse(text.Split(':')[0], out SignatureAlgorithm algorithm) && !algorithm.IsSupported();

    public bool Equals(VerificationKey? other) => other is not null && Id == other.Id;

    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The algorithm's name, a colon and the public key in base64.</summary>
    public override string ToString() => $"{Algorithm.Name()}:{Convert.ToBase64String(_publicKey)}";
}
