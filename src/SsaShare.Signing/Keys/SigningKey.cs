using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>A private key that knows its algorithm and signs only under a context label. Safe to share between threads.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly IPrivateKeyOperations _operations;

    internal SigningKey(SignatureAlgorithm algorithm, IPrivateKeyOperations operations)
    {
        _operations = operations;
        VerificationKey = VerificationKey.TryCreate(algorithm, operations.ExportPublicKey(), out VerificationKey? key)
            ? key
            : throw new CryptographicException("The private key's own public key was refused.");
    }

    public SignatureAlgorithm Algorithm => VerificationKey.Algorithm;

    public VerificationKey VerificationKey { get; }

    /// <summary>The id of the public key.</summary>
    public KeyId Id => VerificationKey.Id;

    /// <summary>A new key from the operating system's random numbers.</summary>
    /// <exception cref="KeyFileException">The platform lacks the algorithm.</exception>
    public static SigningKey Generate(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 => new SigningKey(algorithm, EcdsaP256PrivateKey.Generate()),
        SignatureAlgorithm.Ed25519 => new SigningKey(algorithm, Ed25519PrivateKey.Generate()),
        SignatureAlgorithm.MlDsa44EcdsaP256 when !algorithm.IsSupported() => throw new KeyFileException($"No {algorithm.Name()} key was made. {MlDsa44.Unsupported}"),
        SignatureAlgorithm.MlDsa44EcdsaP256 => new SigningKey(algorithm, HybridPrivateKey.Generate()),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a signature algorithm."),
    };

    /// <summary>Reads DER of PKCS#8 PrivateKeyInfo; the algorithm comes out of it.</summary>
    /// <exception cref="CryptographicException">Not PKCS#8, or a key of another kind, or of an algorithm that the platform lacks.</exception>
    public static SigningKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        if (Ed25519PrivateKey.IsPkcs8(pkcs8))
        {
            return new SigningKey(SignatureAlgorithm.Ed25519, Ed25519PrivateKey.ImportPkcs8(pkcs8));
        }

        byte[] copy = pkcs8.ToArray();
        byte[]? hybrid = Hybrid.TryReadPkcs8(copy);
        CryptographicOperations.ZeroMemory(copy);
        return hybrid is not null
            ? new SigningKey(SignatureAlgorithm.MlDsa44EcdsaP256, HybridPrivateKey.Import(hybrid))
            : new SigningKey(SignatureAlgorithm.EcdsaP256Sha256, EcdsaP256PrivateKey.ImportPkcs8(pkcs8));
    }

    /// <summary>DER of PKCS#8 PrivateKeyInfo, not encrypted. The caller wipes it.</summary>
    /// <exception cref="InvalidOperationException">The key stays in its token.</exception>
    public byte[] ExportPkcs8() => _operations.ExportPkcs8();

    /// <summary>Signs the label and the message; how long the signature is depends on the algorithm.</summary>
    /// <exception cref="Pkcs11Exception">The key is in a token that is away.</exception>
    public byte[] Sign(ContextLabel context, ReadOnlySpan<byte> message) => _operations.Sign(context.Prefix, message);

    /// <summary>For encodings that separate their domain themselves (DSSE); everything else gives a label.</summary>
    internal byte[] SignUnlabelled(ReadOnlySpan<byte> message) => _operations.Sign([], message);

    public void Dispose() => _operations.Dispose();
}
