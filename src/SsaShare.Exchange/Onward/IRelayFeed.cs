using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Others' records that this node holds, in the order in which they arrived: what a relayed lane goes through.</summary>
public interface IRelayFeed
{
    /// <summary>Arrival of the newest records; 0 when nothing is here.</summary>
    Task<long> GetHeadAsync(CancellationToken cancellationToken);

    /// <summary>Slices after an arrival, in order: whole ones, until <paramref name="recordsMax"/> is reached, and at least one when one has come up. Nothing behind one whose delay is not over is given.</summary>
    /// <param name="now">By which delays are judged.</param>
    Task<RelayPage> ReadAsync(FeedLane lane, long afterArrival, int recordsMax, Epoch now, CancellationToken cancellationToken);

    /// <summary>When the lane's first slice after an arrival comes or came up; null when there is none.</summary>
    Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterArrival, CancellationToken cancellationToken);
}

/// <summary>Some of a relayed lane.</summary>
/// <param name="Slices">In order.</param>
/// <param name="IsLast">Nothing more has come up behind them.</param>
public sealed record RelayPage(IReadOnlyList<HeldSlice> Slices, bool IsLast);
