using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>ML-DSA-44 (FIPS 204, pure, with a context string), where the platform has it: on Linux OpenSSL 3.5 or later.</summary>
internal static class MlDsa44
{
    public const int SeedSize = 32, PublicKeySize = 1312, SignatureSize = 2420, LongestContext = 255;

    /// <summary>What to tell a person whose platform lacks it.</summary>
    public const string Unsupported = "This platform has no ML-DSA; OpenSSL 3.5 or later brings it.";

    public static bool IsSupported => MLDsa.IsSupported;
}

/// <summary>An ML-DSA-44 private key, kept as its seed.</summary>
internal sealed class MlDsa44PrivateKey : IDisposable
{
    private readonly byte[] _seed;
    private readonly KeyPool<MLDsa> _pool;

    /// <param name="seed">32 bytes; owned by this object from here on.</param>
    /// <exception cref="CryptographicException">The platform has no ML-DSA, or the length is another.</exception>
    public MlDsa44PrivateKey(byte[] seed)
    {
        if (!MlDsa44.IsSupported || seed.Length != MlDsa44.SeedSize)
        {
            throw new CryptographicException(MlDsa44.IsSupported ? "An ML-DSA seed has 32 bytes." : MlDsa44.Unsupported);
        }

        _seed = seed;
        _pool = new KeyPool<MLDsa>(
            () => MLDsa.ImportMLDsaPrivateSeed(MLDsaAlgorithm.MLDsa44, _seed), () => CryptographicOperations.ZeroMemory(_seed));
    }

    public ReadOnlySpan<byte> Seed => _seed;

    public byte[] ExportPublicKey()
    {
        MLDsa key = _pool.Rent();
        byte[] publicKey = key.ExportMLDsaPublicKey();
        _pool.Return(key);
        return publicKey;
    }

    /// <param name="message">What is signed.</param>
    /// <param name="context">FIPS 204's context string, at most <see cref="MlDsa44.LongestContext"/> bytes.</param>
    /// <param name="signature">2,420 bytes.</param>
    public void Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, Span<byte> signature)
    {
        MLDsa key = _pool.Rent();
        key.SignData(message, signature, context);
        _pool.Return(key);
    }

    public void Dispose() => _pool.Wipe();
}

/// <summary>An ML-DSA-44 public key.</summary>
internal sealed class MlDsa44PublicKey
{
    private readonly KeyPool<MLDsa> _pool;

    /// <exception cref="CryptographicException">The platform has no ML-DSA, or the bytes are no key.</exception>
    public MlDsa44PublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (!MlDsa44.IsSupported || publicKey.Length != MlDsa44.PublicKeySize)
        {
            throw new CryptographicException(MlDsa44.IsSupported ? "An ML-DSA-44 public key has 1,312 bytes." : MlDsa44.Unsupported);
        }

        byte[] bytes = publicKey.ToArray();
        _pool = new KeyPool<MLDsa>(() => MLDsa.ImportMLDsaPublicKey(MLDsaAlgorithm.MLDsa44, bytes), () => { });
        _pool.Return(_pool.Rent());
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != MlDsa44.SignatureSize || context.Length > MlDsa44.LongestContext)
        {
            return false;
        }

        MLDsa key = _pool.Rent();
        bool verified = key.VerifyData(message, signature, context);
        _pool.Return(key);
        return verified;
    }
}
