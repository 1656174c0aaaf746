namespace SsaShare.Grpc.Tests.Hostile;

[Collection(nameof(Alone))]
public sealed class GzipBombTests
{
    [Fact]
    public async Task Message_GzipBomb_ResourceExhaustedAndMemoryStaysSmall()
    {
        byte[] bomb = HostileMessagesTests.Gzip(new byte[200_000_000]);
        Assert.InRange(bomb.Length, 1, 1_000_000); // Far below the limit for a message.
        await using TestServer server = await TestServer.StartAsync();
        await HostileMessagesTests.SendAsync(server, HostileMessagesTests.EmptyRequest, null);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("8", (await HostileMessagesTests.SendAsync(server, RawCall.Frame(1, (uint)bomb.Length, bomb), "gzip")).Status);
        }

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 150_000_000);
    }
}
