using System.Security.Cryptography;
using System.Text;

namespace SsaShare.Signing;

/// <summary>Files that hold, in a key's place, one line that names a key of a PKCS#11 token.</summary>
public static partial class KeyFile
{
    private static readonly ContextLabel MoveLabel = new("key-move", 1);

    /// <summary>Writes a file that names a token's key.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path, Pkcs11Uri uri) => PrivateFile.CreateNew(path, Line(uri));

    /// <summary>Moves the key of a file into a token. Broken off before the file is replaced, the file still holds the key; objects that were made in the token are to be removed there before it is run again.</summary>
    /// <param name="path">A file with a P-256 or an Ed25519 key; names the token's key from here on.</param>
    /// <param name="uri">Where the key goes.</param>
    /// <param name="passphrase">Opens the file; and the PIN, where the URI names no file with it.</param>
    /// <returns>The key's public half.</returns>
    /// <remarks>What the disk held before, and copies of it, are not wiped.</remarks>
    /// <exception cref="KeyFileException">The file is missing, open to others, encrypted with another passphrase, or not a key.</exception>
    /// <exception cref="Pkcs11Exception">The token is away, or does not take the key.</exception>
    public static VerificationKey MoveToToken(string path, Pkcs11Uri uri, Passphrase? passphrase = null)
    {
        using SigningKey key = ReadSigningKey(path, passphrase);
        if (ProtectionOf(path) == KeyProtection.Token)
        {
            throw new KeyFileException($"Key file {path} names a token's key already.");
        }

        using SigningKey moved = TokenKeys.Import(uri, key, passphrase);
        if (!key.VerificationKey.Verify(MoveLabel, Line(uri), moved.Sign(MoveLabel, Line(uri))))
        {
            throw new Pkcs11Exception($"The token signs wrongly with '{uri}'; the file stays as it is.");
        }

        PrivateFile.Replace(path, Line(uri));
        return key.VerificationKey;
    }

    private static byte[] Line(Pkcs11Uri uri) => Encoding.ASCII.GetBytes(uri + "\n");

    private static SigningKey? TryOpenInToken(string path, Passphrase? passphrase)
        => TokenUri(path, PrivateFile.Read(path)) is { } uri ? TokenKeys.Open(uri, passphrase) : null;

    private static Pkcs11Uri? TokenUri(string path, byte[] content)
        => !content.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Pkcs11Uri.Scheme)) ? null
            : Pkcs11Uri.TryParse(Encoding.ASCII.GetString(content).TrimEnd('\r', '\n'), out Pkcs11Uri? uri, out string? fault) ? uri
            : throw new KeyFileException($"Key file {path} is not usable: {fault}");

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CryptographicException e)
        {
            throw new KeyFileException($"Key file {path} is not usable: {e.Message}", e);
        }
    }
}
