using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Others' records that a simulated node holds. Nothing is taken back from it.</summary>
internal sealed class SimRelayFeed(SimDatabase database) : IRelayFeed
{
    public Task<long> GetHeadAsync(CancellationToken cancellationToken) => database.ReadAsync(tables => tables.Arrival, cancellationToken);

    public Task<RelayPage> ReadAsync(FeedLane lane, long afterArrival, int recordsMax, Epoch now, CancellationToken cancellationToken)
        => database.ReadAsync(tables =>
        {
            var (rows, isLast) = SimFeedRows.Read(tables.Received.Where(row => row.Priority == lane.Priority && row.Arrival > afterArrival), lane, recordsMax, now);
            return new RelayPage([.. rows.Select(row => new HeldSlice(row.Arrival, row.Slice, row.Slice.Records, row.Provider!.Value, row.Agreement!.Value, row.Received!.Value))], isLast);
        }, cancellationToken);

    public Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterArrival, CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.Received.FirstOrDefault(row => row.Priority == lane.Priority && row.Arrival > afterArrival) is { } row ? FeedLanes.DueAt(lane, row.Published) : (Epoch?)null, cancellationToken);
}
