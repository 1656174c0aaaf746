using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SsaShare.Signing;

/// <summary>Private keys on disk: PEM with PKCS#8, encrypted where a passphrase is given, mode 0600, written whole or not at all, never overwritten.</summary>
/// <remarks>For systems with Unix file modes; elsewhere every member throws <see cref="PlatformNotSupportedException"/>.</remarks>
public static partial class KeyFile
{
    /// <summary>Length of a bare secret, bytes.</summary>
    public const int SecretSize = 32;

    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path, SigningKey key, Passphrase? passphrase = null) => CreateNewPkcs8(path, key.ExportPkcs8(), passphrase);

    /// <summary>Writes the key; its name and type are not in the file.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path, NoteSigner signer, Passphrase? passphrase = null) => CreateNewPkcs8(path, signer.ExportPkcs8(), passphrase);

    /// <summary>Writes the certificate and its P-256 private key into one file.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="ArgumentException">The certificate comes without its EC private key.</exception>
    public static void CreateNew(string path, X509Certificate2 certificateWithKey, Passphrase? passphrase = null)
    {
        using ECDsa key = certificateWithKey.GetECDsaPrivateKey()
            ?? throw new ArgumentException("The certificate has no EC private key.", nameof(certificateWithKey));
        CreateNewPkcs8(path, key.ExportPkcs8PrivateKey(), passphrase, before: certificateWithKey.ExportCertificatePem() + "\n");
    }

    /// <summary>Writes a bare secret: as its bytes, or encrypted as keys are.</summary>
    /// <param name="path">A file that does not exist.</param>
    /// <param name="secret"><see cref="SecretSize"/> bytes.</param>
    /// <param name="passphrase">Null leaves it plain.</param>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void CreateNewSecret(string path, ReadOnlySpan<byte> secret, Passphrase? passphrase = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretSize, nameof(secret));
        if (passphrase is null)
        {
            PrivateFile.CreateNew(path, secret);
        }
        else
        {
            CreateNewPkcs8(path, KeyText.WrapSecret(secret), passphrase);
        }
    }

    /// <exception cref="KeyFileException">Missing, open to others, encrypted with another passphrase, or not a key.</exception>
    public static SigningKey ReadSigningKey(string path, Passphrase? passphrase = null)
        => TryOpenInToken(path, passphrase) ?? Read(path, passphrase, (_, pkcs8) => SigningKey.ImportPkcs8(pkcs8));

    /// <exception cref="KeyFileException">Missing, open to others, encrypted with another passphrase, or not an Ed25519 key.</exception>
    public static NoteSigner ReadNoteSigner(string path, string name, NoteSignatureType type = NoteSignatureType.Ed25519, Passphrase? passphrase = null)
        => TryOpenInToken(path, passphrase) is { } key
            ? Guarded(path, () => NoteSignerOf(name, key, type))
            : Read(path, passphrase, (_, pkcs8) => NoteSigner.ImportPkcs8(name, pkcs8, type));

    // A key that makes no signer is closed at once: while it was open its token would stay logged in, and take any PIN.
    private static NoteSigner NoteSignerOf(string name, SigningKey key, NoteSignatureType type)
    {
        try
        {
            return NoteSigner.Of(name, key, type);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Reads a certificate with its private key.</summary>
    /// <exception cref="KeyFileException">Missing, open to others, encrypted with another passphrase, or not a certificate with its key.</exception>
    public static X509Certificate2 ReadCertificate(string path, Passphrase? passphrase = null)
        => Read(path, passphrase, (text, pkcs8) =>
        {
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            using var certificate = X509Certificate2.CreateFromPem(text);
            return certificate.CopyWithPrivateKey(key);
        });

    /// <summary>Reads a certificate without its private key, which may be encrypted.</summary>
    /// <exception cref="KeyFileException">Missing, open to others, or no certificate.</exception>
    public static X509Certificate2 ReadCertificateAlone(string path)
    {
        byte[] content = PrivateFile.Read(path);
        try
        {
            return X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(content));
        }
        catch (CryptographicException e)
        {
            throw new KeyFileException($"Key file {path} is not usable: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Reads a bare secret.</summary>
    /// <exception cref="KeyFileException">Missing, open to others, encrypted with another passphrase, or not such a secret.</exception>
    public static byte[] ReadSecret(string path, Passphrase? passphrase = null)
    {
        byte[] bytes = PrivateFile.Read(path);
        byte[]? secret = bytes.Length == SecretSize ? bytes : Using(path, bytes, passphrase, (_, pkcs8) => KeyText.UnwrapSecret(pkcs8));
        return secret is { Length: SecretSize } ? secret : throw new KeyFileException($"Key file {path} holds no secret of {SecretSize} bytes.");
    }

    private static T Read<T>(string path, Passphrase? passphrase, Func<string, byte[], T> import)
        => Using(path, PrivateFile.Read(path), passphrase, import);

    private static T Using<T>(string path, byte[] content, Passphrase? passphrase, Func<string, byte[], T> import)
    {
        byte[] pkcs8 = [];
        try
        {
            string text = Encoding.ASCII.GetString(content);
            pkcs8 = KeyText.ReadPkcs8(text, passphrase);
            return import(text, pkcs8);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new KeyFileException($"Key file {path} is not usable: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static void CreateNewPkcs8(string path, byte[] pkcs8, Passphrase? passphrase, string before = "")
    {
        PrivateFile.CreateNew(path, Encoding.ASCII.GetBytes(before + KeyText.Write(pkcs8, passphrase)));
        CryptographicOperations.ZeroMemory(pkcs8);
    }
}
