using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>A token that a URI names: opens sessions, and never tries a PIN again that the token has refused, because tokens lock themselves.</summary>
internal sealed class Pkcs11Token(Pkcs11Uri uri, Passphrase pin)
{
    private static readonly ConcurrentDictionary<(string Token, string PinHash), bool> RefusedPins = new();

    public Pkcs11Uri Uri => uri;

    /// <summary>The token's PIN: from the URI's file, or else the passphrase of the other keys.</summary>
    /// <exception cref="Pkcs11Exception">There is neither.</exception>
    public static Pkcs11Token Of(Pkcs11Uri uri, Passphrase? passphrase) => new(uri, uri.PinSource is { } file
        ? Passphrase.FromFile(file, "PIN file")
        : passphrase ?? throw new Pkcs11Exception($"The PIN of '{uri}' is not given. Name a file with it by pin-source=, or make it the passphrase (Keys:PassphraseFile)."));

    /// <exception cref="Pkcs11Exception">The module or the token is away, or the PIN is refused.</exception>
    public Pkcs11Session Open(bool writable = false)
    {
        var library = Pkcs11Library.Load(uri.ModulePath);
        (string, string) attempt = ($"{uri.ModulePath} {Name(uri.TokenLabel)} {Name(uri.SerialNumber)}", Convert.ToHexString(SHA256.HashData(pin.Utf8)));
        lock (library.Gate)
        {
            if (RefusedPins.ContainsKey(attempt))
            {
                throw new Pkcs11Exception("The token has refused this PIN; it is not tried again before the next start, because tokens lock themselves.");
            }

            try
            {
                library.Initialize();
                return Pkcs11Session.Open(library, library.FindSlot(uri), pin, writable);
            }
            catch (Pkcs11Exception e) when (e.Code == Ck.PinIncorrect)
            {
                RefusedPins[attempt] = true;
                throw;
            }
        }
    }

    private static string Name(byte[]? name) => name is null ? "" : Convert.ToHexString(name);
}
