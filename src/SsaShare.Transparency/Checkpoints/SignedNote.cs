using System.Diagnostics.CodeAnalysis;
using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>A text with the signatures of a log and its witnesses (C2SP signed-note). Immutable.</summary>
public sealed class SignedNote
{
    /// <summary>Longest note that is read, bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Most signatures that are read.</summary>
    public const int MaxSignatures = 64;

    private readonly byte[] _text;

    internal SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        Text = text;
        _text = Encoding.UTF8.GetBytes(text);
        Signatures = signatures;
    }

    /// <summary>The signed text with its last newline.</summary>
    public string Text { get; }

    /// <summary>All signatures, of known and unknown keys, not verified.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>A note with one signature.</summary>
    /// <param name="text">One or more lines, the last with its newline too, without control characters.</param>
    /// <param name="signer">The key.</param>
    /// <exception cref="ArgumentException">The text is not of that form.</exception>
    public static SignedNote Sign(string text, NoteSigner signer)
        => SignedNoteText.IsText(text)
            ? new SignedNote(text, []).With(signer.Verifier, signer.Sign(Encoding.UTF8.GetBytes(text)))
            : throw new ArgumentException("A note's text ends in a newline and has no other control characters.", nameof(text));

    /// <summary>The same note with a witness's signature added.</summary>
    /// <param name="cosigner">A key of type <see cref="NoteSignatureType.CosignatureV1"/>.</param>
    /// <param name="unixTimeS">Seconds since 1970-01-01T00:00:00 UTC without leap seconds.</param>
    public SignedNote Cosign(NoteSigner cosigner, long unixTimeS) => With(cosigner.Verifier, cosigner.Cosign(_text, unixTimeS));

    /// <summary>Finds which of the known keys signed. Signatures of other keys are ignored.</summary>
    /// <param name="known">Keys trusted by the caller.</param>
    /// <param name="signers">The known keys with a valid signature, at least one, when true.</param>
    /// <param name="fault">When false: a known key's signature is wrong, or no known key signed.</param>
    public bool TryVerify(IReadOnlyCollection<NoteVerifier> known, [NotNullWhen(true)] out IReadOnlyList<NoteVerifier>? signers, [NotNullWhen(false)] out string? fault)
    {
        signers = TryFindLines(known, out IReadOnlyList<(NoteVerifier Key, NoteSignature Line)>? lines, out fault)
            ? [.. lines.Select(line => line.Key).Distinct()]
            : null;
        if (signers is { Count: 0 })
        {
            signers = null;
            fault = "No known key signed the note.";
        }

        return signers is not null;
    }

    /// <summary>The lines of known keys, all of them verified; perhaps none. A line is of a key when name and key hash are.</summary>
    /// <param name="known">Keys trusted by the caller.</param>
    /// <param name="lines">The lines in their order; a key may have several.</param>
    /// <param name="fault">When false: a known key's signature is wrong.</param>
    internal bool TryFindLines(IReadOnlyCollection<NoteVerifier> known,
        [NotNullWhen(true)] out IReadOnlyList<(NoteVerifier Key, NoteSignature Line)>? lines, [NotNullWhen(false)] out string? fault)
    {
        var found = new List<(NoteVerifier, NoteSignature)>();
        lines = null;
        foreach (NoteSignature line in Signatures)
        {
            foreach (NoteVerifier key in known.Where(key => key.Name == line.Name && key.KeyHash == line.KeyHash))
            {
                if (!key.Verify(_text, line.Signature.Span))
                {
                    fault = $"The signature of {key.Name} is wrong.";
                    return false;
                }

                found.Add((key, line));
            }
        }

        lines = found;
        fault = null;
        return true;
    }

    /// <summary>The note in its text form.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The note in its text form.</summary>
    public override string ToString() => SignedNoteText.Write(this);

    /// <summary>Reads the text form; the signatures are not yet verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? fault)
        => SignedNoteText.TryRead(bytes, out note, out fault);

    private SignedNote With(NoteVerifier key, byte[] signature)
        => new(Text, [.. Signatures, new NoteSignature(key.Name, key.KeyHash, signature)]);
}
