using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>A manifest of a log, with what the log says of it elsewhere.</summary>
/// <param name="Entry">Where it stands.</param>
/// <param name="Id">SHA-256 of its payload.</param>
/// <param name="Document">What it says, but for the text of its checkpoint: a log can hold millions.</param>
/// <param name="PublicationsBefore">Own publications logged before it: the feed's head.</param>
internal sealed record AuditedManifest(EntryPlace Entry, Hash256 Id, ManifestDocument Document, int PublicationsBefore)
{
    /// <summary>Size of the provider's log in the manifest's checkpoint; null when it did not open.</summary>
    public long? CheckpointSize { get; set; }

    /// <summary>What it lists, by clause; null when the log holds no such entry: it lists nothing, or is of before there were such entries.</summary>
    public ManifestItems? Items { get; set; }

    /// <summary>The receipt for it; null when the log holds none.</summary>
    public ReceiptDocument? Receipt { get; set; }

    /// <summary>Where the log holds that receipt.</summary>
    public EntryPlace? ReceiptAt { get; set; }

    /// <summary>Records that its "withheld" entry counts; null when there is no such entry.</summary>
    public long? Withheld { get; set; }

    /// <summary>Of these, what is given in no other lane either; null when there is no such entry.</summary>
    public long? WithheldToReader { get; set; }

    /// <summary>The chain that it belongs to: each manifest names the one before it of the same priority, whatever its lane.</summary>
    public Direction Chain => new(Document.Agreement, Document.Provider, Document.Receiver, Document.Lane?.Priority ?? FeedPriority.Routine);

    /// <summary>The run of positions that it belongs to.</summary>
    public Stream Lane => new(Chain, Document.Lane ?? FeedLane.Prompt);

    /// <summary>A fault at its place.</summary>
    public BundleFault Fault(FindingKind meaning, string what) => new(meaning, $"{this}, {what}", Entry.Index, Id);

    public override string ToString() => $"entry {Entry.Index} (positions {Document.AfterPosition} to {Document.ToPosition})";

    /// <summary>One direction of one agreement, in one priority.</summary>
    public readonly record struct Direction(AgreementId Agreement, PartnerId Provider, PartnerId Receiver, FeedPriority Priority)
    {
        public override string ToString() => $"'{Provider}' to '{Receiver}' under {Agreement.ToString()[..16]}{(Priority == FeedPriority.Urgent ? ", urgent" : "")}";
    }

    /// <summary>One lane of one direction.</summary>
    public readonly record struct Stream(Direction Direction, FeedLane Lane)
    {
        public override string ToString() => Lane == FeedLane.PromptOf(Lane.Priority) ? $"{Direction}" : $"{Direction}, lane {Lane}";
    }
}

/// <summary>Manifests of one direction, in the order of the log.</summary>
internal sealed class AuditedManifests
{
    private readonly Dictionary<Hash256, AuditedManifest> _byId = [];
    private readonly List<AuditedManifest> _all = [];
    private ILookup<AuditedManifest.Direction, AuditedManifest>? _chains;
    private ILookup<AuditedManifest.Stream, AuditedManifest>? _lanes;

    public IReadOnlyList<AuditedManifest> All => _all;

    public ILookup<AuditedManifest.Direction, AuditedManifest> Chains => _chains ??= _all.ToLookup(manifest => manifest.Chain);

    public ILookup<AuditedManifest.Stream, AuditedManifest> Lanes => _lanes ??= _all.ToLookup(manifest => manifest.Lane);

    /// <summary>Of received ones: where a chain ends because the receiver began anew, and at which entry of its log.</summary>
    public List<(AuditedManifest.Direction Chain, long Entry)> Restarts { get; } = [];

    /// <summary>Whether a chain was begun anew between two entries.</summary>
    public bool IsRestarted(AuditedManifest.Direction chain, long after, long before) => Restarts.Exists(one => one.Chain == chain && one.Entry > after && one.Entry < before);

    public AuditedManifest? Find(Hash256 id) => _byId.GetValueOrDefault(id);

    /// <returns>False when the log holds it already.</returns>
    public bool TryAdd(AuditedManifest manifest)
    {
        if (!_byId.TryAdd(manifest.Id, manifest)) return false;
        _all.Add(manifest);
        (_chains, _lanes) = (null, null);
        return true;
    }

    /// <returns>What is wrong with a receipt, or null.</returns>
    public string? TakeReceipt(ReceiptDocument receipt, EntryPlace place)
    {
        if (Find(receipt.Manifest) is not { } manifest) return "it is for a manifest that this log does not hold";
        if ((manifest.Document.Receiver, manifest.Document.ItemCount, manifest.Document.ItemRoot) != (receipt.Receiver, receipt.ItemCount, receipt.ItemRoot))
            return "it lists other records than its manifest";
        if (manifest.Receipt is not null) return "the log holds a receipt for that manifest already";
        (manifest.Receipt, manifest.ReceiptAt) = (receipt, place);
        return null;
    }
}

/// <summary>An entry's index, and its time by the clock of the log's node.</summary>
internal readonly record struct EntryPlace(long Index, Epoch Time)
{
    public static EntryPlace Of(LogEntry entry) => new(entry.Index, entry.Time);
}
