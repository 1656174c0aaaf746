using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SsaShare.Signing;

/// <summary>The signature types of C2SP signed-note that this project uses; the value is the type's identifier byte.</summary>
public enum NoteSignatureType : byte
{
    /// <summary>No type: refused.</summary>
    None = 0,

    /// <summary>Ed25519 over the note text.</summary>
    Ed25519 = 0x01,

    /// <summary>C2SP tlog-cosignature v1: Ed25519 over a time and the note text.</summary>
    CosignatureV1 = 0x04,
}

/// <summary>The public key of a C2SP signed note: a name, a type and an Ed25519 key. Immutable.</summary>
/// <remarks>A note signs its own text without a context label, therefore its keys are of their own kind and sign nothing else.</remarks>
public sealed class NoteVerifier : IEquatable<NoteVerifier>
{
    private readonly VerificationKey _key;

    internal NoteVerifier(string name, NoteSignatureType type, VerificationKey key)
    {
        Name = NoteKeyName.Checked(name);
        Type = type;
        _key = key;
        byte[] hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. key.PublicKey]);
        KeyHash = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    public string Name { get; }

    public NoteSignatureType Type { get; }

    /// <summary>First four bytes, big-endian, of SHA-256 over name, newline, type and public key. A hint, not a proof.</summary>
    public uint KeyHash { get; }

    /// <summary>The 32 bytes of RFC 8032.</summary>
    public ReadOnlySpan<byte> PublicKey => _key.PublicKey;

    /// <summary>The same key under another name: another verifier, whose notes this one does not believe.</summary>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public NoteVerifier Renamed(string name) => new(name, Type, _key);

    /// <summary>Checks what a signature line carries after the key hash.</summary>
    /// <param name="noteText">UTF-8 text of the note with its last newline.</param>
    /// <param name="signature">64 bytes, or for a cosignature 8 bytes of time and 64 bytes.</param>
    public bool Verify(ReadOnlySpan<byte> noteText, ReadOnlySpan<byte> signature) => Type switch
    {
        NoteSignatureType.Ed25519 => _key.VerifyUnlabelled(noteText, signature),
        NoteSignatureType.CosignatureV1 => CosignatureMessage.TrySplit(signature, out long time, out ReadOnlySpan<byte> rest)
            && _key.VerifyUnlabelled(CosignatureMessage.Bytes(time, noteText), rest),
        _ => false,
    };

    /// <summary>Reads a verifier key text: name, key hash in hexadecimal, and base64 of type and key, joined by plus signs.</summary>
    /// <returns>False when the form, the type, the key or the hash is wrong.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out NoteVerifier? verifier)
    {
        verifier = null;
        string[] parts = text is { Length: < 2 * NoteKeyName.MaxLength } ? text.Split('+', 3) : [];
        if (parts.Length != 3
            || !NoteKeyName.IsValid(parts[0])
            || parts[1].Length != 8
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint hash)
            || !CanonicalBase64.TryDecode(parts[2], out byte[]? typed)
            || typed.Length == 0
            || (NoteSignatureType)typed[0] is not (NoteSignatureType.Ed25519 or NoteSignatureType.CosignatureV1)
            || !VerificationKey.TryCreate(SignatureAlgorithm.Ed25519, typed.AsSpan(1), out VerificationKey? key))
        {
            return false;
        }

        var candidate = new NoteVerifier(parts[0], (NoteSignatureType)typed[0], key);
        verifier = candidate.KeyHash == hash ? candidate : null;
        return verifier is not null;
    }

    public bool Equals(NoteVerifier? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as NoteVerifier);

    public override int GetHashCode() => HashCode.Combine(Name, KeyHash);

    /// <summary>The verifier key text ("vkey").</summary>
    public override string ToString()
        => $"{Name}+{KeyHash.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([(byte)Type, .. PublicKey])}";
}
