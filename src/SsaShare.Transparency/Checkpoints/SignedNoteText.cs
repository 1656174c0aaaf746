using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Signed note to and from its text form (C2SP signed-note, "Format").</summary>
internal static class SignedNoteText
{
    private const string LineStart = "\u2014 ";
    private const int KeyHashSize = sizeof(uint);

    public static bool IsText(string text) => text.EndsWith('\n') && text.Length > 1 && !HasOtherControls(text);

    public static string Write(SignedNote note)
    {
        var text = new StringBuilder(note.Text).Append('\n');
        var keyHash = new byte[KeyHashSize];
        foreach (NoteSignature line in note.Signatures)
        {
            BinaryPrimitives.WriteUInt32BigEndian(keyHash, line.KeyHash);
            text.Append(LineStart).Append(line.Name).Append(' ')
                .Append(Convert.ToBase64String([.. keyHash, .. line.Signature.Span])).Append('\n');
        }

        return text.ToString();
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, [NotNullWhen(false)] out string? fault)
    {
        note = null;
        fault = bytes.Length > SignedNote.MaxBytes ? $"The note has {bytes.Length} bytes; at most {SignedNote.MaxBytes} are read."
            : !Utf8.IsValid(bytes) ? "The note is not UTF-8."
            : null;
        if (fault is not null)
        {
            return false;
        }

        string all = Encoding.UTF8.GetString(bytes);
        int blank = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !all.EndsWith('\n') || blank + 2 == all.Length || HasOtherControls(all))
        {
            fault = "The note is not a text, a blank line and signature lines.";
            return false;
        }

        string[] lines = all[(blank + 2)..^1].Split('\n', SignedNote.MaxSignatures + 1);
        var signatures = new List<NoteSignature>();
        foreach (string line in lines)
        {
            if (signatures.Count == SignedNote.MaxSignatures || !TryReadLine(line, out NoteSignature? signature))
            {
                fault = $"Signature line {signatures.Count + 1} is malformed or one too many.";
                return false;
            }

            signatures.Add(signature);
        }

        note = new SignedNote(all[..(blank + 1)], signatures);
        return true;
    }

    private static bool TryReadLine(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        string[] parts = line.StartsWith(LineStart, StringComparison.Ordinal) ? line[LineStart.Length..].Split(' ') : [];
        if (parts.Length == 2
            && IsName(parts[0])
            && CanonicalBase64.TryDecode(parts[1], out byte[]? bytes)
            && bytes.Length > KeyHashSize)
        {
            signature = new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(KeyHashSize));
        }

        return signature is not null;
    }

    /// <summary>Wider than <see cref="NoteKeyName"/>: a line of a key that nobody here knows must not spoil the note.</summary>
    private static bool IsName(string name) => name.Length > 0 && !name.Any(character => character == '+' || char.IsWhiteSpace(character));

    private static bool HasOtherControls(string text) => text.Any(character => character < ' ' && character != '\n');
}
