using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>Others' slices in memory.</summary>
internal sealed class MemoryRelayFeed : IRelayFeed
{
    public List<HeldSlice> Slices { get; } = [];

    public Task<long> GetHeadAsync(CancellationToken cancellationToken) => Task.FromResult(Slices.Count == 0 ? 0 : Slices[^1].Arrival);

    public Task<RelayPage> ReadAsync(FeedLane lane, long afterArrival, int recordsMax, Epoch now, CancellationToken cancellationToken)
        => Task.FromResult(new RelayPage([.. Slices.Where(slice => slice.Arrival > afterArrival)], IsLast: true));

    public Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterArrival, CancellationToken cancellationToken)
        => Task.FromResult(Slices.Where(slice => slice.Arrival > afterArrival).Select(slice => (Epoch?)slice.Received.Plus(lane.Delay)).FirstOrDefault());
}
