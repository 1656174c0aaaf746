using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>The private key of a C2SP signed note: signs note texts, nothing else. Safe to share between threads.</summary>
public sealed class NoteSigner : IDisposable
{
    private readonly SigningKey _key;

    private NoteSigner(string name, NoteSignatureType type, SigningKey key)
    {
        _key = key;
        Verifier = new NoteVerifier(name, type, key.VerificationKey);
    }

    /// <summary>What others check this signer's notes with.</summary>
    public NoteVerifier Verifier { get; }

    public string Name => Verifier.Name;

    /// <summary>A new key. A log signs with <see cref="NoteSignatureType.Ed25519"/>, a witness with its own key of the other type.</summary>
    /// <exception cref="ArgumentException">The name or the type is not valid.</exception>
    public static NoteSigner Generate(string name, NoteSignatureType type = NoteSignatureType.Ed25519)
        => new(NoteKeyName.Checked(name), Known(type), SigningKey.Generate(SignatureAlgorithm.Ed25519));

    /// <summary>Reads DER of PKCS#8 PrivateKeyInfo with an Ed25519 key.</summary>
    /// <exception cref="CryptographicException">Not PKCS#8, or not an Ed25519 key.</exception>
    /// <exception cref="ArgumentException">The name or the type is not valid.</exception>
    public static NoteSigner ImportPkcs8(string name, ReadOnlySpan<byte> pkcs8, NoteSignatureType type = NoteSignatureType.Ed25519)
        => Ed25519PrivateKey.IsPkcs8(pkcs8)
            ? new NoteSigner(NoteKeyName.Checked(name), Known(type), SigningKey.ImportPkcs8(pkcs8))
            : throw new CryptographicException("A signed note needs an Ed25519 private key.");

    /// <summary>A signer with a key that is open already, and is closed with the signer.</summary>
    /// <exception cref="CryptographicException">Not an Ed25519 key.</exception>
    /// <exception cref="ArgumentException">The name or the type is not valid.</exception>
    public static NoteSigner Of(string name, SigningKey key, NoteSignatureType type = NoteSignatureType.Ed25519)
        => key.Algorithm == SignatureAlgorithm.Ed25519
            ? new NoteSigner(NoteKeyName.Checked(name), Known(type), key)
            : throw new CryptographicException("A signed note needs an Ed25519 private key.");

    /// <summary>DER of PKCS#8 PrivateKeyInfo, not encrypted. The caller wipes it.</summary>
    /// <exception cref="InvalidOperationException">The key stays in its token.</exception>
    public byte[] ExportPkcs8() => _key.ExportPkcs8();

    /// <summary>Signs a note text: what its signature line carries after the key hash.</summary>
    /// <param name="noteText">UTF-8 text of the note with its last newline.</param>
    /// <exception cref="InvalidOperationException">This is a cosigner's key.</exception>
    public byte[] Sign(ReadOnlySpan<byte> noteText) => Verifier.Type == NoteSignatureType.Ed25519
        ? _key.SignUnlabelled(noteText)
        : throw new InvalidOperationException("A cosigner's key signs with a time.");

    /// <summary>Cosigns a checkpoint's text: what the signature line carries after the key hash.</summary>
    /// <param name="noteText">UTF-8 text of the checkpoint with its last newline.</param>
    /// <param name="unixTimeS">Seconds since 1970-01-01T00:00:00 UTC without leap seconds, 0 or more.</param>
    /// <exception cref="InvalidOperationException">This is a log's key.</exception>
    public byte[] Cosign(ReadOnlySpan<byte> noteText, long unixTimeS)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixTimeS);
        return Verifier.Type == NoteSignatureType.CosignatureV1
            ? CosignatureMessage.Join(unixTimeS, _key.SignUnlabelled(CosignatureMessage.Bytes(unixTimeS, noteText)))
            : throw new InvalidOperationException("A log's key does not cosign.");
    }

    public void Dispose() => _key.Dispose();

    private static NoteSignatureType Known(NoteSignatureType type)
        => type is NoteSignatureType.Ed25519 or NoteSignatureType.CosignatureV1
            ? type
            : throw new ArgumentOutOfRangeException(nameof(type), type, "Not a note signature type.");
}
