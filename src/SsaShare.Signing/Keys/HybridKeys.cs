using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>The shapes of a hybrid key: ML-DSA-44 and ECDSA P-256 side by side, for as long as only one of them may be broken.</summary>
/// <remarks>
/// Public key and signature are those of ML-DSA-44 followed by those of P-256; a signature holds when both halves do.
/// Neither half can be lifted out and shown as a signature of its own: ML-DSA signs under the algorithm's name as its context
/// string (FIPS 204, section 5.2), and P-256 signs the name and a newline before the message, with which no context label and no
/// DSSE encoding begins. In the same way no signature of a plain P-256 key serves as a half.
/// </remarks>
internal static class Hybrid
{
    public const int PublicKeySize = MlDsa44.PublicKeySize + EcdsaP256.PublicKeySize;
    public const int SignatureSize = MlDsa44.SignatureSize + EcdsaP256.SignatureSize;

    // A UUID's arc (X.667): no registered algorithm has these bytes. The key is the ML-DSA seed and a PKCS#8 P-256 key.
    private const string PrivateKeyOid = "2.25.259248445157823299913306737965683817692";

    public static ReadOnlySpan<byte> Name => "ml-dsa-44+ecdsa-p256-sha256"u8;

    /// <summary>What the P-256 half signs before the first part of the message.</summary>
    public static byte[] Separated(ReadOnlySpan<byte> first) => [.. Name, (byte)'\n', .. first];

    public static byte[] WritePkcs8(ReadOnlySpan<byte> seedAndP256)
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            der.WriteInteger(0);
            using (der.PushSequence())
            {
                der.WriteObjectIdentifier(PrivateKeyOid);
            }

            der.WriteOctetString(seedAndP256);
        }

        return der.Encode();
    }

    /// <summary>The seed and the P-256 key of a PKCS#8 PrivateKeyInfo; null when it holds a key of another algorithm, or none.</summary>
    public static byte[]? TryReadPkcs8(byte[] pkcs8)
    {
        try
        {
            var reader = new AsnReader(pkcs8, AsnEncodingRules.DER);
            AsnReader info = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            bool ours = info.ReadInteger().IsZero && info.ReadSequence().ReadObjectIdentifier() == PrivateKeyOid;
            byte[]? key = ours ? info.ReadOctetString() : null;
            return key is { Length: > MlDsa44.SeedSize } ? key : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}

/// <summary>Signs with both halves of a hybrid key.</summary>
internal sealed class HybridPrivateKey : IPrivateKeyOperations
{
    private readonly MlDsa44PrivateKey _mlDsa;
    private readonly EcdsaP256PrivateKey _p256;

    private HybridPrivateKey(MlDsa44PrivateKey mlDsa, EcdsaP256PrivateKey p256) => (_mlDsa, _p256) = (mlDsa, p256);

    /// <exception cref="CryptographicException">The platform has no ML-DSA.</exception>
    public static HybridPrivateKey Generate()
        => new(new MlDsa44PrivateKey(RandomNumberGenerator.GetBytes(MlDsa44.SeedSize)), EcdsaP256PrivateKey.Generate());

    /// <param name="seedAndP256">From <see cref="Hybrid.TryReadPkcs8"/>; wiped.</param>
    /// <exception cref="CryptographicException">Not the two keys, or the platform has no ML-DSA.</exception>
    public static HybridPrivateKey Import(byte[] seedAndP256)
    {
        try
        {
            return new HybridPrivateKey(
                new MlDsa44PrivateKey(seedAndP256[..MlDsa44.SeedSize]), EcdsaP256PrivateKey.ImportPkcs8(seedAndP256.AsSpan(MlDsa44.SeedSize)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seedAndP256);
        }
    }

    public byte[] ExportPkcs8()
    {
        byte[] p256 = _p256.ExportPkcs8();
        byte[] both = [.. _mlDsa.Seed, .. p256];
        byte[] pkcs8 = Hybrid.WritePkcs8(both);
        CryptographicOperations.ZeroMemory(p256);
        CryptographicOperations.ZeroMemory(both);
        return pkcs8;
    }

    public byte[] ExportPublicKey() => [.. _mlDsa.ExportPublicKey(), .. _p256.ExportPublicKey()];

    public byte[] Sign(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var signature = new byte[Hybrid.SignatureSize];
        _mlDsa.Sign([.. first, .. second], Hybrid.Name, signature.AsSpan(0, MlDsa44.SignatureSize));
        _p256.Sign(Hybrid.Separated(first), second).CopyTo(signature.AsSpan(MlDsa44.SignatureSize));
        return signature;
    }

    public void Dispose()
    {
        _mlDsa.Dispose();
        _p256.Dispose();
    }
}

/// <summary>Checks both halves of a hybrid signature.</summary>
internal sealed class HybridPublicKey : IPublicKeyOperations
{
    private readonly MlDsa44PublicKey _mlDsa;
    private readonly EcdsaP256PublicKey _p256;

    /// <exception cref="CryptographicException">One of the halves is no key, or the platform has no ML-DSA.</exception>
    public HybridPublicKey(ReadOnlySpan<byte> publicKey)
    {
        _p256 = EcdsaP256.TryReadPoint(publicKey[MlDsa44.PublicKeySize..]) is { } point
            ? new EcdsaP256PublicKey(point)
            : throw new CryptographicException("The P-256 half is no point.");
        _mlDsa = new MlDsa44PublicKey(publicKey[..MlDsa44.PublicKeySize]);
    }

    public bool Verify(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> signature)
        => signature.Length == Hybrid.SignatureSize
            && _p256.Verify(Hybrid.Separated(first), second, signature[MlDsa44.SignatureSize..])
            && _mlDsa.Verify([.. first, .. second], Hybrid.Name, signature[..MlDsa44.SignatureSize]);
}
