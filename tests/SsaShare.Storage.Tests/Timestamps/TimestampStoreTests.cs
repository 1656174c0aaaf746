using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

public sealed class TimestampStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_SeveralAndOneTwice_AreReadBySizeEachOnce()
    {
        Assert.Null(await node.Timestamps.GetNewestAsync(Token));
        var stamps = new[] { Stamp(30, 3), Stamp(10, 1), Stamp(10, 2), Stamp(20, 4) };
        foreach (var stamp in stamps.Append(stamps[0])) await node.Timestamps.AddAsync(stamp, Token);

        var read = new List<CheckpointTimestamp>();
        await foreach (var stamp in node.Timestamps.ReadAsync(10, 20, Token)) read.Add(stamp);
        Assert.Equal([(10, 1), (10, 2), (20, 4)], read.Select(stamp => (stamp.Size, (int)stamp.Token.Span[0])));
        Assert.Equal([stamps[1].Note, stamps[2].Note, stamps[3].Note], read.Select(stamp => stamp.Note));
        Assert.Equal((30, stamps[0].Time), (await node.Timestamps.GetNewestAsync(Token)) is { } newest ? (newest.Size, newest.Time) : default);
    }

    private static CheckpointTimestamp Stamp(long size, byte token) => new(size, $"note of {size} at {token}\n", new[] { token }, Sample.Now.Plus(TimeSpan.FromHours(token)));
}
