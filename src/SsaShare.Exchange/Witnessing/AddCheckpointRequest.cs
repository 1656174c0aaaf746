using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Body of a witness's add-checkpoint (C2SP tlog-witness): the size the witness is thought to hold, a proof from there, and the checkpoint.</summary>
/// <param name="OldSize">0 or more.</param>
/// <param name="Proof">RFC 6962 consistency proof from the old size, at most <see cref="ProofMax"/> hashes.</param>
/// <param name="Note">The submitted note; none of its signatures is verified yet.</param>
public sealed record AddCheckpointRequest(long OldSize, IReadOnlyList<Hash256> Proof, SignedNote Note)
{
    /// <summary>Longest body that is read, bytes: a checkpoint with some dozens of signatures, also where they are of 5 kB (hybrid keys, ML-DSA), and the longest proof.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>Most proof lines that the specification allows.</summary>
    public const int ProofMax = 63;

    private static readonly byte[] Head = "old "u8.ToArray(), BlankLine = "\n\n"u8.ToArray();

    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        foreach (var hash in Proof) text.Append(hash.ToBase64()).Append('\n');
        return Encoding.UTF8.GetBytes(text.Append('\n').Append(Note).ToString());
    }

    /// <summary>Reads a body. Total: any bytes give a request or a "no".</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out AddCheckpointRequest? request, [NotNullWhen(false)] out string? fault)
    {
        request = null;
        if (body.Length > BytesMax) return Refuse($"The body has {body.Length} bytes; at most {BytesMax} are read.", out fault);
        // The first blank line ends the proof; the note that follows has blank lines of its own.
        int blank = body.IndexOf(BlankLine);
        if (blank < 0 || !body.StartsWith(Head)) return Refuse("Expected 'old', a space and a size, proof lines, an empty line and a checkpoint.", out fault);
        string[] lines = Encoding.Latin1.GetString(body[Head.Length..blank]).Split('\n', ProofMax + 2);
        if (lines.Length > ProofMax + 1) return Refuse($"There are more than {ProofMax} proof lines.", out fault);
        if (!long.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out long oldSize) || lines[0] != oldSize.ToString(CultureInfo.InvariantCulture))
            return Refuse("The old size is not a decimal number without leading zeroes, or above 2^63 - 1.", out fault);
        var proof = new Hash256[lines.Length - 1];
        for (int i = 0; i < proof.Length; i++)
            if (!CanonicalBase64.TryDecode(lines[i + 1], out byte[]? bytes) || !Hash256.TryCreate(bytes, out proof[i])) return Refuse($"Proof line {i + 1} is not base64 of 32 bytes.", out fault);
        if (!SignedNote.TryParse(body[(blank + BlankLine.Length)..], out var note, out fault)) return false;
        request = new AddCheckpointRequest(oldSize, proof, note);
        return true;
    }

    private static bool Refuse(string reason, out string fault)
    {
        fault = reason;
        return false;
    }
}
