using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>A log's size and root at one moment (C2SP tlog-checkpoint). Immutable.</summary>
public sealed class Checkpoint
{
    /// <param name="origin">Name of the log: not empty, no control characters.</param>
    /// <param name="size">Number of leaves, 0 or more.</param>
    /// <param name="root">Root of the tree of that size.</param>
    /// <param name="extensions">Further lines, none of them empty or with control characters.</param>
    /// <exception cref="ArgumentException">The origin, the size or an extension line is not of its form.</exception>
    public Checkpoint(string origin, long size, Hash256 root, params IReadOnlyList<string> extensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (!extensions.Prepend(origin).All(IsLine))
        {
            throw new ArgumentException("The lines of a checkpoint are not empty and have no control characters.");
        }

        Origin = origin;
        Size = size;
        Root = root;
        Extensions = [.. extensions];
    }

    public string Origin { get; }

    public long Size { get; }

    public Hash256 Root { get; }

    public IReadOnlyList<string> Extensions { get; }

    /// <summary>The note text: a line each for origin, size and root, then the extensions.</summary>
    public string ToText()
        => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n")
            + string.Concat(Extensions.Select(line => line + "\n"));

    /// <summary>Reads a note text.</summary>
    /// <returns>False when it is not a checkpoint, or of more than 2^63 - 1 leaves.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        string[] lines = text is not null && text.EndsWith('\n') ? text[..^1].Split('\n') : [];
        if (lines.Length < 3 || !lines.All(IsLine)
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            || lines[1] != size.ToString(CultureInfo.InvariantCulture)
            || !CanonicalBase64.TryDecode(lines[2], out byte[]? bytes)
            || !Hash256.TryCreate(bytes, out Hash256 root))
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root, lines[3..]);
        return true;
    }

    /// <summary>Signs the checkpoint with the log's key.</summary>
    /// <exception cref="ArgumentException">The key's name is not the origin.</exception>
    public SignedNote Sign(NoteSigner logKey) => logKey.Name == Origin
        ? SignedNote.Sign(ToText(), logKey)
        : throw new ArgumentException($"The log {Origin} does not sign with the key of {logKey.Name}.", nameof(logKey));

    /// <summary>Verifies the log's signature, then reads the checkpoint.</summary>
    /// <param name="note">A signed note, any bytes.</param>
    /// <param name="logKey">The log's key; its name must be the origin.</param>
    /// <param name="checkpoint">The checkpoint, signed by the log.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryOpen(ReadOnlySpan<byte> note, NoteVerifier logKey, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        return SignedNote.TryParse(note, out SignedNote? signedNote, out fault) && TryOpen(signedNote, logKey, logKey.Name, out checkpoint, out fault);
    }

    /// <summary>Verifies the log's signature, then reads the checkpoint.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="logKey">The log's key.</param>
    /// <param name="origin">The origin line that is expected. Most logs, ours among them, sign with a key of the same name.</param>
    /// <param name="checkpoint">The checkpoint, signed by the log.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryOpen(SignedNote note, NoteVerifier logKey, string origin, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        if (!note.TryVerify([logKey], out _, out fault))
        {
            return false;
        }

        fault = !TryParse(note.Text, out Checkpoint? read) ? "The signed text is not a checkpoint."
            : read.Origin != origin ? $"The checkpoint is of {read.Origin}, expected {origin}."
            : null;
        checkpoint = fault is null ? read : null;
        return fault is null && read is not null;
    }

    /// <summary>A note allows every character but the control characters of ASCII below the space.</summary>
    private static bool IsLine(string line) => line.Length > 0 && !line.Any(character => character < ' ');
}
