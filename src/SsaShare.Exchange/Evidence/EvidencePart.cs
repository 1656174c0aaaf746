using SsaShare.Domain;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What a bundle begins with.</summary>
/// <param name="NodeCard">The node's own signed card.</param>
/// <param name="Checkpoint">Signed note, with the cosignatures there are, for the size of the log that follows.</param>
/// <param name="Scope">What is shown of it.</param>
/// <param name="ExportedAt">When, by the exporting node's clock: not signed by anybody.</param>
public sealed record EvidenceHead(byte[] NodeCard, string Checkpoint, EvidenceScope Scope, Epoch ExportedAt);

/// <summary>What follows a bundle's head: parts in the order of the log's tree, so that its root is computed while they are read.</summary>
public abstract record EvidencePart
{
    private EvidencePart()
    {
    }

    /// <summary>An entry that is shown.</summary>
    public sealed record Entry(LogEntry Revealed) : EvidencePart;

    /// <summary>Entries that are not shown: a complete subtree of them as its hash.</summary>
    public sealed record Hidden(PlacedHash Subtree) : EvidencePart;

    /// <summary>A signed checkpoint of this log with its cosignatures; stands where exactly its size has been covered.</summary>
    public sealed record SignedCheckpoint(string Note) : EvidencePart;

    /// <summary>An RFC 3161 time-stamp token over this log's checkpoint; stands where exactly that size has been covered.</summary>
    /// <param name="Note">The checkpoint as it was stamped, signed by the log.</param>
    /// <param name="Token">DER bytes.</param>
    public sealed record TimeStamp(string Note, ReadOnlyMemory<byte> Token) : EvidencePart;
}
