using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>Keys that live in a PKCS#11 token: P-256 and Ed25519.</summary>
public static class TokenKeys
{
    /// <summary>Opens a key of a token.</summary>
    /// <param name="uri">Names it.</param>
    /// <param name="passphrase">The PIN, where the URI names no file with it.</param>
    /// <exception cref="Pkcs11Exception">The token is away, refuses the PIN, or has not exactly one such key with its public key.</exception>
    /// <exception cref="KeyFileException">The file with the PIN cannot be read.</exception>
    public static SigningKey Open(Pkcs11Uri uri, Passphrase? passphrase = null)
    {
        var key = Pkcs11PrivateKey.Open(Pkcs11Token.Of(uri, passphrase));
        return new SigningKey(key.Algorithm, key);
    }

    /// <summary>Makes a key pair in the token, the private key not extractable, and opens it.</summary>
    /// <exception cref="Pkcs11Exception">As <see cref="Open"/>; or there is a key of that name, or the token lacks the mechanism.</exception>
    /// <exception cref="KeyFileException">The file with the PIN cannot be read.</exception>
    public static SigningKey Generate(Pkcs11Uri uri, SignatureAlgorithm algorithm, Passphrase? passphrase = null)
    {
        TokenKeyShape shape = TokenKeyShape.Of(algorithm);
        using (Pkcs11Session session = Pkcs11Token.Of(uri, passphrase).Open(writable: true))
        {
            if (Pkcs11PrivateKey.TryFindPrivateKey(session, uri) is not null)
            {
                throw new Pkcs11Exception($"The token has a private key '{uri}' already.");
            }

            (byte[] label, byte[] id) = Names(uri);
            using var publicKey = new Pkcs11Template((Ck.Token, Pkcs11Template.Flag(true)), (Ck.MayVerify, Pkcs11Template.Flag(true)),
                (Ck.EcParams, shape.Parameters), (Ck.Label, label), (Ck.Id, id));
            using var privateKey = new Pkcs11Template(PrivateAttributes(label, id));
            session.GenerateKeyPair(shape.GenerateMechanism, publicKey, privateKey);
        }

        return Open(uri, passphrase);
    }

    /// <summary>Copies a key into the token, where it is not extractable, and opens it. A key that is there already is opened as it is.</summary>
    /// <remarks>The key was outside the token until now: copies of its file stay valid.</remarks>
    /// <exception cref="Pkcs11Exception">As <see cref="Open"/>; or another key has that name, or tokens keep no such keys.</exception>
    /// <exception cref="KeyFileException">The file with the PIN cannot be read.</exception>
    public static SigningKey Import(Pkcs11Uri uri, SigningKey key, Passphrase? passphrase = null)
    {
        TokenKeyShape shape = TokenKeyShape.Of(key.Algorithm);
        using (Pkcs11Session session = Pkcs11Token.Of(uri, passphrase).Open(writable: true))
        {
            if (Pkcs11PrivateKey.TryFindPrivateKey(session, uri) is null)
            {
                Import(session, uri, shape, key);
            }
        }

        SigningKey opened = Open(uri, passphrase);
        if (!opened.VerificationKey.Equals(key.VerificationKey))
        {
            opened.Dispose();
            throw new Pkcs11Exception($"The token has another key '{uri}'.");
        }

        return opened;
    }

    private static void Import(Pkcs11Session session, Pkcs11Uri uri, TokenKeyShape shape, SigningKey key)
    {
        (byte[] label, byte[] id) = Names(uri);
        byte[] keyType = Pkcs11Template.Number(shape.KeyType), pkcs8 = key.ExportPkcs8();
        byte[] value = PrivateValue(key.Algorithm, pkcs8);
        nuint publicKey = session.Create((Ck.Class, Pkcs11Template.Number(Ck.PublicKey)), (Ck.KeyType, keyType), (Ck.Token, Pkcs11Template.Flag(true)),
            (Ck.MayVerify, Pkcs11Template.Flag(true)), (Ck.EcParams, shape.Parameters), (Ck.Label, label), (Ck.Id, id),
            (Ck.EcPoint, TokenKeyShape.Point(key.VerificationKey.PublicKey)));
        try
        {
            session.Create([.. PrivateAttributes(label, id), (Ck.Class, Pkcs11Template.Number(Ck.PrivateKey)), (Ck.KeyType, keyType),
                (Ck.EcParams, shape.Parameters), (Ck.Value, value)]);
        }
        catch
        {
            session.Destroy(publicKey);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
            CryptographicOperations.ZeroMemory(value);
        }
    }

    private static (nuint Type, byte[] Value)[] PrivateAttributes(byte[] label, byte[] id)
        => [(Ck.Token, Pkcs11Template.Flag(true)), (Ck.Private, Pkcs11Template.Flag(true)), (Ck.Sensitive, Pkcs11Template.Flag(true)),
            (Ck.Extractable, Pkcs11Template.Flag(false)), (Ck.MaySign, Pkcs11Template.Flag(true)), (Ck.MayDerive, Pkcs11Template.Flag(false)), (Ck.Label, label), (Ck.Id, id)];

    // The id ties the halves of a pair together; where the URI gives only a label, its hash is the id.
    private static (byte[] Label, byte[] Id) Names(Pkcs11Uri uri)
        => (uri.ObjectLabel ?? [], uri.ObjectId ?? SHA256.HashData(uri.ObjectLabel!)[..8]);

    private static byte[] PrivateValue(SignatureAlgorithm algorithm, byte[] pkcs8)
    {
        if (algorithm == SignatureAlgorithm.Ed25519)
        {
            return pkcs8[^LibCrypto.SeedSize..];
        }

        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return key.ExportParameters(includePrivateParameters: true).D!;
    }
}
