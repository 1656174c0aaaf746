namespace SsaShare.Exchange;

/// <summary>A publication at its place in this node's feed.</summary>
/// <param name="Position">From 1, dense, in commit order.</param>
public sealed record StoredPublication(long Position, Publication Publication);
