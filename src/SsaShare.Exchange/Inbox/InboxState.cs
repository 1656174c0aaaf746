using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Where this node stands in one stream of one agreement's provider.</summary>
/// <param name="Cursor">To present next; empty at the start.</param>
/// <param name="Positions">Provider's feed position reached in each lane.</param>
/// <param name="Manifest">Last manifest stored; null at the start.</param>
/// <param name="Receipt">For that manifest, to ride on the next pull; null when it listed nothing.</param>
public sealed record InboxState(ReadOnlyMemory<byte> Cursor, LanePositions Positions, Hash256? Manifest, SignedDocument? Receipt)
{
    /// <summary>How many entries the provider's log has at least, by the answers stored: <see cref="Batch.LogSizeMin"/>.</summary>
    public long LogSizeMin { get; init; }

    /// <summary>The last manifest stored, with its signature: what a later one is compared with. Null at the start, and where it was not written down.</summary>
    public SignedDocument? LastManifest { get; init; }

    /// <summary>For a manifest before that one, where the pull that could have brought it went out before it was signed, or to a provider that takes none; null when there is none.</summary>
    public SignedDocument? EarlierReceipt { get; init; }

    /// <summary>The name of the provider's log in the last manifest's checkpoint; null where there is none, and where it cannot be read.</summary>
    public string? LogName(IKeyBook keys, PartnerId provider)
        => LastManifest is { } last && DocumentJson.TryRead<ManifestDocument>(last.Payload.Span, DocumentContexts.Manifest, out var manifest)
            && keys.TryOpenCheckpoint(provider, manifest.Checkpoint, out var checkpoint, out _) ? checkpoint.Origin : null;

    public static InboxState Start { get; } = new(ReadOnlyMemory<byte>.Empty, LanePositions.Start, null, null);
}
