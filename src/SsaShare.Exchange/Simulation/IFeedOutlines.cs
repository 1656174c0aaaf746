using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>This node's own feed without its records: quick to go through.</summary>
public interface IFeedOutlines
{
    /// <summary>Publications after a position, in order; fewer than asked for only at the end.</summary>
    Task<IReadOnlyList<PublicationOutline>> ReadAsync(long afterPosition, int publicationsMax, CancellationToken cancellationToken);
}

/// <summary>A publication at its place in the feed.</summary>
/// <param name="Position">From 1, dense, in commit order.</param>
/// <param name="Published">When; nearly in order of position.</param>
/// <param name="RecordCount">1 to 1,000.</param>
public readonly record struct PublicationOutline(long Position, Epoch Published, int RecordCount);
