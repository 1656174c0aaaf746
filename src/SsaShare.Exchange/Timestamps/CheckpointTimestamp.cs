using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>A checkpoint of this node's log as an independent time-stamp authority has seen it (RFC 3161).</summary>
/// <param name="Size">Entries that the checkpoint counts.</param>
/// <param name="Note">The signed note: what was stamped, exact bytes in UTF-8.</param>
/// <param name="Token">DER of the authority's token.</param>
/// <param name="Time">The authority's time.</param>
public sealed record CheckpointTimestamp(long Size, string Note, ReadOnlyMemory<byte> Token, Epoch Time);
