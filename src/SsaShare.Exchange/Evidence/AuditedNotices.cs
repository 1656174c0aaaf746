using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Notices of a log with the receipts for them, and what was deleted because agreements say so. Signatures are checked before.</summary>
internal sealed class AuditedNotices(PartnerId self)
{
    private readonly Dictionary<Hash256, (int Size, long Position, FeedPriority Priority)> _publications = [];
    private readonly Dictionary<Hash256, NoticeDocument> _notices = [];
    private readonly HashSet<(Hash256 Notice, PartnerId Receiver, NoticeOutcome Outcome)> _receipts = [];
    private readonly HashSet<Hash256> _receipted = [], _answered = [];
    private readonly List<NoticeReceiptDocument> _unknown = [];

    public int Count => _notices.Count;

    /// <summary>Receipts and deletions that this node signed, by id.</summary>
    public HashSet<Hash256> Signed { get; } = [];

    /// <summary>Receipts and deletions of others: who signed, when, and which entry holds them.</summary>
    public Dictionary<Hash256, (PartnerId Signer, Epoch Time, long Entry)> Received { get; } = [];

    /// <summary>Notices of others that carry no receipt of this node, although both are logged at once.</summary>
    public IEnumerable<string> Unreceipted => _notices.Where(pair => pair.Value.Originator != self && !_receipted.Contains(pair.Key)).Select(pair => $"notice {pair.Key.ToString()[..16]} of '{pair.Value.Originator}' was taken without a receipt");

    /// <summary>Own notices to which nobody has answered so far.</summary>
    public int Unanswered => _notices.Count(pair => pair.Value.Originator == self && !_answered.Contains(pair.Key));

    /// <param name="position">In the own feed.</param>
    /// <param name="priority">Which lanes it goes out in.</param>
    public void TakePublication(Hash256 id, int size, long position, FeedPriority priority) => _publications.TryAdd(id, (size, position, priority));

    /// <summary>
    /// Receipts that say a record is not there although their signer had signed for it before: for a manifest of which nothing was withheld, so that the
    /// record must have been in it. Which records a manifest left out, the log does not say.
    /// </summary>
    /// <param name="issued">Own manifests, with their receipts.</param>
    public IEnumerable<string> Contradicted(AuditedManifests issued)
    {
        if (_unknown.Count == 0) yield break;
        var whole = issued.All.Where(manifest => manifest.Receipt is not null && manifest.Withheld is null or 0 && manifest.Document is { Lane.IsOwn: true, ItemCount: > 0 })
            .GroupBy(manifest => (manifest.Document.Receiver, manifest.Chain.Priority)).ToDictionary(group => group.Key, group => new ManifestRanges(group));
        foreach (var receipt in _unknown)
        {
            var notice = _notices[receipt.Notice];
            if (notice.Originator != self || !_publications.TryGetValue(notice.Publication, out var publication)) continue;
            if (whole.GetValueOrDefault((receipt.Receiver, publication.Priority))?.Overlapping(publication.Position - 1, publication.Position).FirstOrDefault(manifest => manifest.Receipt!.Received <= receipt.Time) is { } manifest)
                yield return $"'{receipt.Receiver}' says that it does not have record {notice.Place()}, and had signed for it: {manifest}";
        }
    }

    /// <returns>What is wrong with it, or null.</returns>
    public string? TakeNotice(Hash256 id, NoticeDocument notice)
        => notice.WhatIsWrong() is { } fault ? fault
            : !_notices.TryAdd(id, notice) ? "the log holds it already"
            : notice.Originator == self && !(_publications.TryGetValue(notice.Publication, out var publication) && notice.Index < publication.Size) ? $"this log holds no publication before it with a record {notice.Place()}"
            : null;

    /// <param name="issued">Whether this node must have signed it.</param>
    public string? TakeReceipt(LogEntry entry, Hash256 id, NoticeReceiptDocument receipt, bool issued)
    {
        if (issued != (receipt.Receiver == self)) return $"it is of '{receipt.Receiver}'";
        if (!_notices.TryGetValue(receipt.Notice, out var notice)) return "it is for a notice that this log does not hold";
        if (issued && notice.Originator == self) return "it is for a notice of its own";
        if (!NoticeRules.Fulfils(receipt.Outcome, notice.Action)) return $"it answers {notice.Action} with {receipt.Outcome}";
        if (!_receipts.Add((receipt.Notice, receipt.Receiver, receipt.Outcome))) return "the log holds one that says the same";
        _answered.Add(receipt.Notice);
        if (issued) _receipted.Add(receipt.Notice);
        else if (receipt.Outcome == NoticeOutcome.UnknownRecord) _unknown.Add(receipt);
        Keep(id, issued, receipt.Receiver, receipt.Time, entry.Index);
        return null;
    }

    /// <param name="issued">Whether this node must have signed it.</param>
    /// <param name="agreement">As the log holds it before; null when it does not.</param>
    public string? TakeDeletion(LogEntry entry, Hash256 id, DeletionDocument deletion, bool issued, Agreement? agreement)
    {
        if (deletion.WhatIsWrong() is { } fault) return fault;
        if (self != (issued ? deletion.Holder : deletion.Provider)) return $"it is of '{deletion.Holder}' about records from '{deletion.Provider}'";
        if (agreement is null) return $"it names agreement {deletion.Agreement}, which this log does not hold before it";
        if (!agreement.HasParty(deletion.Holder) || !agreement.HasParty(deletion.Provider)) return "holder and provider are not both parties to its agreement";
        Keep(id, issued, deletion.Holder, deletion.Deleted, entry.Index);
        return null;
    }

    private void Keep(Hash256 id, bool issued, PartnerId signer, Epoch time, long entry)
    {
        if (issued) Signed.Add(id);
        else Received[id] = (signer, time, entry);
    }
}
