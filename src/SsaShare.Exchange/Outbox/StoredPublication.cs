using System.Collections.Frozen;

namespace SsaShare.Exchange;

/// <summary>A publication at its place in this node's feed.</summary>
/// <param name="Position">From 1, dense, in commit order.</param>
public sealed record StoredPublication(long Position, Publication Publication)
{
    /// <summary>Indices of records that are given to nobody any more: noticed by their originator, or deleted.</summary>
    public IReadOnlySet<int> Closed { get; init; } = FrozenSet<int>.Empty;

    /// <summary>Records of a publication that is not kept whole any more, of which nothing is given to anybody: all that it had. <see cref="Publication"/> then lists none.</summary>
    public int RecordsOver { get; init; }
}
