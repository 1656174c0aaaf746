using System.Security.Cryptography;
using System.Text;

namespace SsaShare.Signing;

/// <summary>How a key file keeps its key.</summary>
public enum KeyProtection
{
    /// <summary>In the clear, but for the file's mode.</summary>
    None = 0,

    /// <summary>Encrypted with a passphrase.</summary>
    Passphrase = 1,

    /// <summary>Not at all: it names a key of a PKCS#11 token.</summary>
    Token = 2,
}

/// <summary>Encrypting files that exist, in their place.</summary>
public static partial class KeyFile
{
    /// <summary>How the file keeps its key. Needs no passphrase.</summary>
    /// <exception cref="KeyFileException">Missing, open to others, or not a key file.</exception>
    public static KeyProtection ProtectionOf(string path)
    {
        byte[] content = PrivateFile.Read(path);
        return TokenUri(path, content) is not null ? KeyProtection.Token
            : content.Length != SecretSize && Guarded(path, () => KeyText.IsEncrypted(Encoding.ASCII.GetString(content)))
                ? KeyProtection.Passphrase
                : KeyProtection.None;
    }

    /// <summary>Encrypts a key file in its place. One that opens with the passphrase already stays as it is, so a broken-off run is run again.</summary>
    /// <param name="path">A file that holds a key or a bare secret, plain or encrypted; one that names a token's key stays as it is.</param>
    /// <param name="passphrase">What the file opens with from here on.</param>
    /// <param name="old">What an encrypted file opens with now, where that is to change.</param>
    /// <returns>False when the file stayed as it is.</returns>
    /// <remarks>What the disk held before, and copies of it, are not wiped: keys that were ever kept in the clear are better replaced.</remarks>
    /// <exception cref="KeyFileException">Missing, open to others, not a key file, or encrypted with neither passphrase.</exception>
    public static bool Protect(string path, Passphrase passphrase, Passphrase? old = null)
    {
        passphrase.CheckNew();
        switch (ProtectionOf(path))
        {
            case KeyProtection.Token:
                return false;
            case KeyProtection.Passphrase when old is null || Opens(path, passphrase):
                Read(path, passphrase, (_, _) => true);
                return false;
            default:
                Rewrite(path, old, passphrase);
                return true;
        }
    }

    /// <summary>Decrypts a key file in its place.</summary>
    /// <returns>False when it was not encrypted.</returns>
    /// <exception cref="KeyFileException">Missing, open to others, not a key file, or encrypted with another passphrase.</exception>
    public static bool Unprotect(string path, Passphrase passphrase)
    {
        if (ProtectionOf(path) != KeyProtection.Passphrase)
        {
            return false;
        }

        Rewrite(path, passphrase, next: null);
        return true;
    }

    private static bool Opens(string path, Passphrase passphrase)
    {
        try
        {
            return Read(path, passphrase, (_, _) => true);
        }
        catch (KeyFileException e) when (e.InnerException is CryptographicException)
        {
            return false;
        }
    }

    private static void Rewrite(string path, Passphrase? current, Passphrase? next)
    {
        byte[] content = PrivateFile.Read(path);
        byte[] rewritten = content.Length == SecretSize
            ? Encoding.ASCII.GetBytes(KeyText.Write(KeyText.WrapSecret(content), next))
            : Using(path, content, current, (text, pkcs8) => next is null && KeyText.UnwrapSecret(pkcs8) is { } secret
                ? secret
                : Encoding.ASCII.GetBytes(KeyText.Rewrite(text, pkcs8, next)));
        PrivateFile.Replace(path, rewritten);
    }
}
