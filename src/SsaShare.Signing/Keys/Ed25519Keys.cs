using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>Ed25519 signing, RFC 8032; PKCS#8 as in RFC 8410 section 7.</summary>
internal sealed class Ed25519PrivateKey : IPrivateKeyOperations
{
    private readonly LibCrypto.EvpKeyHandle _key;

    private Ed25519PrivateKey(ReadOnlySpan<byte> seed) => _key = LibCrypto.PrivateKey(seed);

    // PrivateKeyInfo { version 0, algorithm 1.3.101.112, OCTET STRING { OCTET STRING of 32 bytes } } up to the seed itself.
    private static ReadOnlySpan<byte> Pkcs8Prefix =>
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    public static Ed25519PrivateKey Generate()
    {
        Span<byte> seed = stackalloc byte[LibCrypto.SeedSize];
        RandomNumberGenerator.Fill(seed);
        var key = new Ed25519PrivateKey(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    public static bool IsPkcs8(ReadOnlySpan<byte> pkcs8)
        => pkcs8.Length == Pkcs8Prefix.Length + LibCrypto.SeedSize && pkcs8.StartsWith(Pkcs8Prefix);

    public static Ed25519PrivateKey ImportPkcs8(ReadOnlySpan<byte> pkcs8) => new(pkcs8[Pkcs8Prefix.Length..]);

    public byte[] ExportPkcs8()
    {
        byte[] pkcs8 = [.. Pkcs8Prefix, .. stackalloc byte[LibCrypto.SeedSize]];
        LibCrypto.ExportSeed(_key, pkcs8.AsSpan(Pkcs8Prefix.Length));
        return pkcs8;
    }

    public byte[] ExportPublicKey() => LibCrypto.ExportPublicKey(_key);

    // Ed25519 hashes the message twice and so needs it in one piece.
    public byte[] Sign(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
        => first.IsEmpty ? LibCrypto.Sign(_key, second) : LibCrypto.Sign(_key, [.. first, .. second]);

    public void Dispose() => _key.Dispose();
}

/// <summary>Ed25519 verification, RFC 8032.</summary>
internal sealed class Ed25519PublicKey(ReadOnlySpan<byte> publicKey) : IPublicKeyOperations
{
    private readonly LibCrypto.EvpKeyHandle _key = LibCrypto.PublicKey(publicKey);

    public bool Verify(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> signature)
        => signature.Length == LibCrypto.SignatureSize
            && LibCrypto.Verify(_key, first.IsEmpty ? second : [.. first, .. second], signature);
}
