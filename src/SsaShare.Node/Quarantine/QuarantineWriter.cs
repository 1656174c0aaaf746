using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Puts what is refused of one file into the quarantine, in batches and bounded memory. Used by one thread at a time.</summary>
internal sealed class QuarantineWriter(IQuarantineStore store, long bytesMax, IngestFile file, string format, SealedLabel label, Epoch now)
{
    private const int BatchMax = 200, BatchBytesMax = 1 << 20, ReasonsMax = 8_000;
    private readonly List<QuarantineEntry> _batch = [];
    private readonly HashSet<Hash256> _ids = [];
    private int _batchBytes;

    /// <summary>Different parts so far.</summary>
    public int Count => _ids.Count;

    /// <summary>Whether something so far looks like a private key.</summary>
    public bool HasKeyMaterial { get; private set; }

    /// <summary>Whether an entry was among them.</summary>
    public bool Has(Hash256 id) => _ids.Contains(id);

    public async Task AddAsync(RefusedPart part, CancellationToken cancellationToken)
    {
        var entry = ToEntry(part);
        if (!_ids.Add(entry.Id)) return;
        _batch.Add(entry);
        _batchBytes += entry.Content.Bytes;
        if (_batch.Count >= BatchMax || _batchBytes >= BatchBytesMax) await FlushAsync(cancellationToken);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0) await store.AddAsync(_batch, bytesMax, cancellationToken);
        _batch.Clear();
        _batchBytes = 0;
    }

    private QuarantineEntry ToEntry(RefusedPart part)
    {
        byte[] all = [.. part.Before.Span, .. part.Text.Span];
        // From the first sign of a key on nothing more of the file is kept: its other lines may be more of the key.
        HasKeyMaterial |= KeyMaterial.IsIn(all) || part.Issues.Any(KeyMaterial.IsIn);
        var text = part.IsCut ? WithoutBrokenEnd(part.Text) : part.Text;
        bool isKept = !HasKeyMaterial && !text.IsEmpty && KeyMaterial.IsText([.. part.Before.Span, .. text.Span]);
        var content = isKept ? new QuarantineContent(format, part.Before, text, part.After, part.IsCut) : new QuarantineContent(format, default, default, default, IsCut: true);
        var first = part.Issues[0];
        return QuarantineEntry.Create(
            new QuarantinePlace(file.Source, file.Name, first.Line, HasKeyMaterial ? "line" : KeyMaterial.FieldOf(first), Reasons(part, isKept), isKept && !part.IsCut && part.Issues.All(issue => issue.MayPass)),
            content, label.Bytes, now);
    }

    private string Reasons(RefusedPart part, bool isKept)
    {
        var lines = part.Issues.Select(issue => HasKeyMaterial ? $"{issue.Line}: {issue.Reason}; {issue.Remedy}"
            : $"{issue.Line}: {KeyMaterial.FieldOf(issue)}{(issue.Value.Length == 0 ? "" : $" = {issue.Value}")}: {issue.Reason}; {issue.Remedy}");
        string? note = isKept || part.Text.IsEmpty ? null
            : HasKeyMaterial ? "Something in the file looks like a private key: no text of it is kept. If it is one, replace the key."
            : "It is no text in UTF-8, so it is not kept.";
        string reasons = string.Join('\n', note is null ? lines : lines.Append(note));
        return reasons.Length <= ReasonsMax ? reasons : reasons[..ReasonsMax];
    }

    /// <summary>Without the line that is cut in two, where there are others.</summary>
    private static ReadOnlyMemory<byte> WithoutBrokenEnd(ReadOnlyMemory<byte> text)
    {
        int end = text.Span.LastIndexOf((byte)'\n');
        return end < 0 ? text : text[..(end + 1)];
    }
}
