using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>PKCS#8 EncryptedPrivateKeyInfo with PBES2 (RFC 8018): PBKDF2-HMAC-SHA-256 and AES-256-CBC, as OpenSSL writes it by default.</summary>
/// <remarks>Written out here because the platform's own reader takes any number of rounds, and so any time.</remarks>
internal static class Pbes2
{
    /// <summary>Rounds of PBKDF2 in what is written; OWASP's recommendation of 2023 for HMAC-SHA-256.</summary>
    public const int Rounds = 600_000;

    /// <summary>Most rounds that are read: some seconds of one core.</summary>
    public const int RoundsMax = 10_000_000;

    private const string Pbes2Oid = "1.2.840.113549.1.5.13", Pbkdf2Oid = "1.2.840.113549.1.5.12",
        HmacSha256Oid = "1.2.840.113549.2.9", Aes256CbcOid = "2.16.840.1.101.3.4.1.42";
    private const int SaltSize = 16, KeySize = 32, BlockSize = 16, SaltSizeMax = 256;

    public static byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> passphrase, int rounds = Rounds)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize), iv = RandomNumberGenerator.GetBytes(BlockSize);
        return Write(salt, rounds, iv, Crypt(passphrase, salt, rounds, plain, (aes, bytes) => aes.EncryptCbc(bytes, iv)));
    }

    /// <summary>The parts in their encoding.</summary>
    internal static byte[] Write(byte[] salt, int rounds, byte[] iv, byte[] cipher)
    {
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            using (der.PushSequence())
            {
                der.WriteObjectIdentifier(Pbes2Oid);
                using (der.PushSequence())
                {
                    WriteKeyDerivation(der, salt, rounds);
                    using (der.PushSequence())
                    {
                        der.WriteObjectIdentifier(Aes256CbcOid);
                        der.WriteOctetString(iv);
                    }
                }
            }

            der.WriteOctetString(cipher);
        }

        return der.Encode();
    }

    /// <summary>The DER value that was encrypted. The caller wipes it.</summary>
    /// <exception cref="CryptographicException">Another scheme, too many rounds, not well-formed, or another passphrase.</exception>
    public static byte[] Decrypt(byte[] encrypted, ReadOnlySpan<byte> passphrase)
    {
        (byte[] salt, int rounds, byte[] iv, byte[] cipher) = Read(encrypted);
        byte[]? plain = null;
        try
        {
            plain = Crypt(passphrase, salt, rounds, cipher, (aes, bytes) => aes.DecryptCbc(bytes, iv));
        }
        catch (CryptographicException)
        {
            // A wrong key nearly always leaves wrong padding; when it does not, what comes out is no DER.
        }

        return plain is not null && IsOneSequence(plain) ? plain : throw new CryptographicException("The passphrase is wrong, or the file is damaged.");
    }

    private delegate byte[] Cipher(Aes aes, ReadOnlySpan<byte> bytes);

    private static byte[] Crypt(ReadOnlySpan<byte> passphrase, byte[] salt, int rounds, ReadOnlySpan<byte> bytes, Cipher cipher)
    {
        byte[] key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, rounds, HashAlgorithmName.SHA256, KeySize);
        using var aes = Aes.Create();
        aes.SetKey(key);
        CryptographicOperations.ZeroMemory(key);
        return cipher(aes, bytes);
    }

    private static void WriteKeyDerivation(AsnWriter der, byte[] salt, int rounds)
    {
        using (der.PushSequence())
        {
            der.WriteObjectIdentifier(Pbkdf2Oid);
            using (der.PushSequence())
            {
                der.WriteOctetString(salt);
                der.WriteInteger(rounds);
                using (der.PushSequence())
                {
                    der.WriteObjectIdentifier(HmacSha256Oid);
                    der.WriteNull();
                }
            }
        }
    }

    private static (byte[] Salt, int Rounds, byte[] Iv, byte[] Cipher) Read(byte[] encrypted)
    {
        try
        {
            var reader = new AsnReader(encrypted, AsnEncodingRules.DER);
            AsnReader info = reader.ReadSequence(), scheme = info.ReadSequence();
            byte[] cipher = info.ReadOctetString();
            Expect(scheme, Pbes2Oid);
            AsnReader parameters = scheme.ReadSequence(), derivation = parameters.ReadSequence(), encryption = parameters.ReadSequence();
            Expect(derivation, Pbkdf2Oid);
            Expect(encryption, Aes256CbcOid);
            byte[] iv = encryption.ReadOctetString();
            AsnReader pbkdf2 = derivation.ReadSequence();
            byte[] salt = pbkdf2.ReadOctetString();
            bool counted = pbkdf2.TryReadInt32(out int rounds) && rounds is >= 1 and <= RoundsMax;
            if (pbkdf2.HasData && pbkdf2.PeekTag() == Asn1Tag.Integer)
            {
                pbkdf2.ReadIntegerBytes(); // The key's length, which the cipher fixes too.
            }

            Expect(pbkdf2.ReadSequence(), HmacSha256Oid);
            return counted && iv.Length == BlockSize && salt.Length <= SaltSizeMax && !reader.HasData
                ? (salt, rounds, iv, cipher)
                : throw new CryptographicException($"The encryption has more than {RoundsMax:N0} rounds, or a part of it has the wrong length.");
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("The encrypted key is not well-formed, or is encrypted in another way than PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC.", e);
        }
    }

    private static void Expect(AsnReader algorithm, string oid)
    {
        if (algorithm.ReadObjectIdentifier() != oid)
        {
            throw new CryptographicException("The key is encrypted in another way than PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC.");
        }
    }

    private static bool IsOneSequence(byte[] plain)
    {
        try
        {
            var reader = new AsnReader(plain, AsnEncodingRules.BER);
            reader.ReadSequence();
            return !reader.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
