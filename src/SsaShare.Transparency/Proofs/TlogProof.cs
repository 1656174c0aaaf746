using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>An entry's place in a log with all that is needed to check it offline (C2SP tlog-proof). Immutable.</summary>
public sealed class TlogProof
{
    /// <summary>Longest proof that is read, bytes.</summary>
    public const int MaxBytes = 1 << 21;

    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const int MaxHashes = 63;

    /// <param name="index">The entry's index in the log, from 0.</param>
    /// <param name="hashes">See <see cref="InclusionProof"/>; at most 63.</param>
    /// <param name="note">The signed checkpoint with its cosignatures.</param>
    /// <param name="extra">What the application adds; nothing vouches for it. Null for none.</param>
    /// <exception cref="ArgumentException">The index is negative, or there are too many hashes.</exception>
    public TlogProof(long index, IReadOnlyCollection<Hash256> hashes, SignedNote note, byte[]? extra = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hashes.Count, MaxHashes, nameof(hashes));
        (Index, Hashes, Note) = (index, [.. hashes], note);
        // Spelled out: a bare null would become an empty memory.
        Extra = extra is null ? (ReadOnlyMemory<byte>?)null : extra;
    }

    public long Index { get; }

    /// <summary>The inclusion proof, nearest the leaf first.</summary>
    public IReadOnlyList<Hash256> Hashes { get; }

    /// <summary>The signed checkpoint, not verified.</summary>
    public SignedNote Note { get; }

    /// <summary>What the application added; nothing vouches for it.</summary>
    public ReadOnlyMemory<byte>? Extra { get; }

    /// <summary>The text form.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The text form.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        if (Extra is { } extra)
        {
            text.Append("extra ").Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (Hash256 hash in Hashes)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        return text.Append('\n').Append(Note).ToString();
    }

    /// <summary>Reads the text form; nothing is verified yet.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TlogProof? proof, [NotNullWhen(false)] out string? fault)
    {
        proof = null;
        // The checkpoint begins after the first empty line.
        int blank = bytes.IndexOf("\n\n"u8);
        if (bytes.Length > MaxBytes || blank < 0 || !System.Text.Unicode.Utf8.IsValid(bytes[..blank]))
        {
            fault = bytes.Length > MaxBytes ? $"The proof has {bytes.Length} bytes; at most {MaxBytes} are read." : "The proof is not a head, an empty line and a checkpoint.";
            return false;
        }

        fault = TryReadHead(Encoding.UTF8.GetString(bytes[..blank]), out long index, out List<Hash256> hashes, out byte[]? extra);
        if (fault is not null || !SignedNote.TryParse(bytes[(blank + 2)..], out SignedNote? note, out fault))
        {
            return false;
        }

        proof = new TlogProof(index, hashes, note, extra);
        return true;
    }

    /// <summary>Checks that the log signed a tree in which the leaf stands at <see cref="Index"/>, and that enough witnesses cosigned it.</summary>
    /// <param name="leafHash">Of the entry in question: <see cref="MerkleHash.Leaf"/> of its bytes.</param>
    /// <param name="trust">Whom the caller believes.</param>
    public VerificationReport Verify(Hash256 leafHash, LogTrust trust)
    {
        var report = new VerificationReport();
        if (trust.TryOpen(report, Note, out Checkpoint? checkpoint, out _))
        {
            bool stands = InclusionProof.Verify(Index, checkpoint.Size, leafHash, Hashes.ToArray(), checkpoint.Root);
            report.Add("inclusion", stands, stands
                ? $"The entry stands at index {Index} of the {checkpoint.Size} that the log has signed."
                : $"It is not shown that this entry stands at index {Index} of the {checkpoint.Size} that the log has signed: it is another entry, at another place, or was never logged.");
        }

        return report;
    }

    /// <returns>What is wrong; null when nothing is.</returns>
    private static string? TryReadHead(string head, out long index, out List<Hash256> hashes, out byte[]? extra)
    {
        var lines = new Queue<string>(head.Split('\n'));
        (index, hashes, extra) = (-1, [], null);
        if (lines.Dequeue() != FirstLine)
        {
            return $"The first line is not {FirstLine}.";
        }

        if (lines.TryPeek(out string? line) && line.StartsWith("extra ", StringComparison.Ordinal))
        {
            if (!CanonicalBase64.TryDecode(lines.Dequeue()["extra ".Length..], out extra))
            {
                return "The extra line is not base64.";
            }
        }

        if (!lines.TryDequeue(out line) || !line.StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(line["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out index)
            || line["index ".Length..] != index.ToString(CultureInfo.InvariantCulture))
        {
            return "There is no line 'index' with a number from 0 to 2^63 - 1.";
        }

        while (lines.TryDequeue(out line))
        {
            if (hashes.Count == MaxHashes || !CanonicalBase64.TryDecode(line, out byte[]? bytes) || !Hash256.TryCreate(bytes, out Hash256 hash))
            {
                return $"Line {hashes.Count + 1} of the inclusion proof is not a hash in base64, or one too many.";
            }

            hashes.Add(hash);
        }

        return null;
    }
}
