using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>The curve, the shapes and the hash that both halves of an ECDSA P-256 key share.</summary>
internal static class EcdsaP256
{
    public const int CoordinateSize = 32, PublicKeySize = 1 + 2 * CoordinateSize, SignatureSize = 2 * CoordinateSize;
    public const string CurveOid = "1.2.840.10045.3.1.7";
    private const byte UncompressedPoint = 0x04;

    public static byte[] PublicKeyBytes(ECParameters parameters)
        => [UncompressedPoint, .. parameters.Q.X!, .. parameters.Q.Y!];

    /// <summary>The point of SEC 1 section 2.3.4; null when the shape is another. Whether it is on the curve the import finds out.</summary>
    public static ECParameters? TryReadPoint(ReadOnlySpan<byte> publicKey)
        => publicKey.Length != PublicKeySize || publicKey[0] != UncompressedPoint ? null : new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[1..33].ToArray(), Y = publicKey[33..].ToArray() },
        };

    /// <param name="parameters">A public or a private key; wiping the pool wipes the private one.</param>
    public static KeyPool<ECDsa> Pool(ECParameters parameters)
        => new(() => ECDsa.Create(parameters), () => CryptographicOperations.ZeroMemory(parameters.D));

    public static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> hash)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(first);
        sha.AppendData(second);
        sha.GetHashAndReset(hash);
    }
}

/// <summary>ECDSA P-256 signing with SHA-256, FIPS 186-5.</summary>
internal sealed class EcdsaP256PrivateKey : IPrivateKeyOperations
{
    private readonly KeyPool<ECDsa> _pool;
    private readonly byte[] _publicKey;

    private EcdsaP256PrivateKey(ECDsa key)
    {
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        _pool = EcdsaP256.Pool(parameters);
        _publicKey = EcdsaP256.PublicKeyBytes(parameters);
    }

    public static EcdsaP256PrivateKey Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new EcdsaP256PrivateKey(key);
    }

    /// <exception cref="CryptographicException">Not an EC key in PKCS#8, or of another curve.</exception>
    public static EcdsaP256PrivateKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        const string expected = "Expected an Ed25519, a P-256 or a hybrid private key.";
        using var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out int read);
            string? curve = key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value;
            return read == pkcs8.Length && curve == EcdsaP256.CurveOid ? new EcdsaP256PrivateKey(key) : throw new CryptographicException(expected);
        }
        catch (PlatformNotSupportedException e)
        {
            throw new CryptographicException(expected, e); // So the platform calls a curve that it does not know.
        }
    }

    public byte[] ExportPkcs8()
    {
        ECDsa key = _pool.Rent();
        byte[] pkcs8 = key.ExportPkcs8PrivateKey();
        _pool.Return(key);
        return pkcs8;
    }

    public byte[] ExportPublicKey() => _publicKey;

    public byte[] Sign(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        EcdsaP256.Hash(first, second, hash);
        ECDsa key = _pool.Rent();
        byte[] signature = key.SignHash(hash.ToArray(), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _pool.Return(key);
        return signature;
    }

    public void Dispose() => _pool.Wipe();
}

/// <summary>ECDSA P-256 verification with SHA-256, FIPS 186-5.</summary>
internal sealed class EcdsaP256PublicKey : IPublicKeyOperations
{
    private readonly KeyPool<ECDsa> _pool;

    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    public EcdsaP256PublicKey(ECParameters point)
    {
        _pool = EcdsaP256.Pool(point);
        _pool.Return(_pool.Rent());
    }

    public bool Verify(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != EcdsaP256.SignatureSize)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[Hash256.Size];
        EcdsaP256.Hash(first, second, hash);
        ECDsa key = _pool.Rent();
        bool verified = key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _pool.Return(key);
        return verified;
    }
}
