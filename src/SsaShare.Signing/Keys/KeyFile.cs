using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SsaShare.Signing;

/// <summary>Private keys on disk: PEM with PKCS#8, mode 0600, written whole or not at all, never overwritten.</summary>
/// <remarks>For systems with Unix file modes; elsewhere every member throws <see cref="PlatformNotSupportedException"/>.</remarks>
public static partial class KeyFile
{
    private const string PrivateKeyLabel = "PRIVATE KEY";
    private const long MaxBytes = 65_536;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path, SigningKey key) => CreateNewPkcs8(path, key.ExportPkcs8());

    /// <summary>Writes the key; its name and type are not in the file.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path, NoteSigner signer) => CreateNewPkcs8(path, signer.ExportPkcs8());

    /// <summary>Writes the certificate and its P-256 private key into one file.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="ArgumentException">The certificate comes without its EC private key.</exception>
    public static void CreateNew(string path, X509Certificate2 certificateWithKey)
    {
        using ECDsa key = certificateWithKey.GetECDsaPrivateKey()
            ?? throw new ArgumentException("The certificate has no EC private key.", nameof(certificateWithKey));
        CreateNewText(path, $"{certificateWithKey.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    /// <exception cref="KeyFileException">Missing, open to others, or not an Ed25519 or P-256 key.</exception>
    public static SigningKey ReadSigningKey(string path) => Read(path, pem => FromPkcs8(pem, bytes => SigningKey.ImportPkcs8(bytes)));

    /// <exception cref="KeyFileException">Missing, open to others, or not an Ed25519 key.</exception>
    public static NoteSigner ReadNoteSigner(string path, string name, NoteSignatureType type = NoteSignatureType.Ed25519)
        => Read(path, pem => FromPkcs8(pem, bytes => NoteSigner.ImportPkcs8(name, bytes, type)));

    /// <summary>Reads a certificate with its private key.</summary>
    /// <exception cref="KeyFileException">Missing, open to others, or not a certificate with its key.</exception>
    public static X509Certificate2 ReadCertificate(string path) => Read(path, pem => X509Certificate2.CreateFromPem(pem, pem));

    private static T FromPkcs8<T>(string pem, Func<byte[], T> import)
    {
        if (!PemEncoding.TryFind(pem, out PemFields fields) || pem[fields.Label] != PrivateKeyLabel)
        {
            throw new CryptographicException($"No '{PrivateKeyLabel}' in PEM form.");
        }

        byte[] pkcs8 = Convert.FromBase64String(pem[fields.Base64Data]);
        try
        {
            return import(pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static T Read<T>(string path, Func<string, T> parse)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Key files need Unix file modes.");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            UnixFileMode mode = File.GetUnixFileMode(file.SafeFileHandle);
            if ((mode & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
            {
                throw new KeyFileException($"Key file {path} is open to others (mode 0{Convert.ToString((int)mode, 8)}). Mend it with: chmod 600 {path}");
            }

            if (file.Length > MaxBytes)
            {
                throw new KeyFileException($"Key file {path} has {file.Length} bytes; a key file has at most {MaxBytes}.");
            }

            using var reader = new StreamReader(file, Encoding.ASCII);
            return parse(reader.ReadToEnd());
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new KeyFileException($"Key file {path} is not usable: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"Key file {path} cannot be read: {e.Message}", e);
        }
    }

    private static void CreateNewPkcs8(string path, byte[] pkcs8)
    {
        CreateNewText(path, new string(PemEncoding.Write(PrivateKeyLabel, pkcs8)) + "\n");
        CryptographicOperations.ZeroMemory(pkcs8);
    }

    /// <summary>Writes a neighbour file, makes it durable, then links it to its name.</summary>
    /// <remarks>link(2) fails where a file exists, in one step; File.Move looks first and then renames, so two may both win.</remarks>
    private static void CreateNewText(string path, string pem)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Key files need Unix file modes.");
        }

        string draft = $"{path}.{Guid.NewGuid():n}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        try
        {
            using (var file = new FileStream(draft, options))
            {
                file.Write(Encoding.ASCII.GetBytes(pem));
                file.Flush(flushToDisk: true);
            }

            if (Link(draft, path) != 0)
            {
                throw new IOException($"Key file {path} was not made: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
        finally
        {
            File.Delete(draft);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}
