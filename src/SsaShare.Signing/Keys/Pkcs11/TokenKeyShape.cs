using System.Formats.Asn1;

namespace SsaShare.Signing;

/// <summary>How a token describes the keys of an algorithm.</summary>
/// <param name="Algorithm">One of the two that tokens have.</param>
/// <param name="KeyType">CKA_KEY_TYPE.</param>
/// <param name="Parameters">CKA_EC_PARAMS as it is written.</param>
/// <param name="SignMechanism">Signs a hash (P-256) or a message (Ed25519).</param>
/// <param name="GenerateMechanism">Makes a key pair.</param>
internal sealed record TokenKeyShape(SignatureAlgorithm Algorithm, nuint KeyType, byte[] Parameters, nuint SignMechanism, nuint GenerateMechanism)
{
    private static readonly TokenKeyShape P256 = new(SignatureAlgorithm.EcdsaP256Sha256, Ck.KeyTypeEc,
        [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07], Ck.Ecdsa, Ck.EcKeyPairGen);

    // PrintableString "edwards25519" (PKCS#11 v3.0, section 2.3.5); some tokens write the object identifier 1.3.101.112 instead.
    private static readonly TokenKeyShape Ed25519 = new(SignatureAlgorithm.Ed25519, Ck.KeyTypeEdwards,
        [0x13, 0x0c, .. "edwards25519"u8], Ck.Eddsa, Ck.EdwardsKeyPairGen);

    private static readonly byte[] Ed25519Oid = [0x06, 0x03, 0x2b, 0x65, 0x70];

    /// <exception cref="Pkcs11Exception">Tokens have no such keys.</exception>
    public static TokenKeyShape Of(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 => P256,
        SignatureAlgorithm.Ed25519 => Ed25519,
        _ => throw new Pkcs11Exception($"Keys of the algorithm {algorithm.Name()} stay in files; a token keeps P-256 and Ed25519."),
    };

    /// <returns>Null for keys that are not used here.</returns>
    public static TokenKeyShape? Of(ReadOnlySpan<byte> keyType, ReadOnlySpan<byte> parameters)
        => keyType.SequenceEqual(Pkcs11Template.Number(P256.KeyType)) && parameters.SequenceEqual(P256.Parameters) ? P256
            : keyType.SequenceEqual(Pkcs11Template.Number(Ed25519.KeyType)) && (parameters.SequenceEqual(Ed25519.Parameters) || parameters.SequenceEqual(Ed25519Oid)) ? Ed25519
            : null;

    /// <summary>The public key of CKA_EC_POINT: wrapped in an OCTET STRING, as the standard says, or bare, as some tokens do.</summary>
    public byte[] PublicKey(byte[] point)
    {
        int size = Algorithm == SignatureAlgorithm.Ed25519 ? LibCrypto.PublicKeySize : EcdsaP256.PublicKeySize;
        return point.Length == size + 2 && AsnDecoder.TryReadPrimitiveOctetString(point, AsnEncodingRules.DER, out ReadOnlySpan<byte> inner, out _) ? inner.ToArray() : point;
    }

    /// <summary>CKA_EC_POINT of a public key.</summary>
    public static byte[] Point(ReadOnlySpan<byte> publicKey)
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        der.WriteOctetString(publicKey);
        return der.Encode();
    }
}
