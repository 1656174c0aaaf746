using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Hostile;

/// <summary>Messages of millions of tiny parts: short on the wire, huge once parsed.</summary>
[Collection(nameof(Alone))]
public sealed class DenseMessagesTests
{
    /// <summary>Field 2 of the request for a stream, response_parameters, empty: two bytes that become an object.</summary>
    private static readonly byte[] EmptyPart = [0x12, 0x00];

    [Fact]
    public async Task Message_OfAMillionEmptyParts_ResourceExhaustedAndNotParsed()
    {
        await using TestServer server = await TestServer.StartAsync();
        byte[] dense = [.. Enumerable.Repeat(EmptyPart, 1_000_000).SelectMany(part => part)];
        long before = GC.GetTotalAllocatedBytes(precise: true);
        using var call = new RawCall(server, "StreamingOutputCall", RawCall.Frame(dense));
        Assert.Equal("8", (await call.SendAsync()).Status);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 60_000_000);
        await new TestService.TestServiceClient(server.Channel).EmptyCallAsync(new Empty());
    }
}
