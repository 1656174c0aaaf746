using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class MessageSizeTests
{
    private const int Limit = 10_000;

    [Fact]
    public async Task ServerReceives_MoreThanItsLimit_ResourceExhausted()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.MaxReceiveMessageSize = Limit);
        await ExpectExhaustedAsync(server.Channel, new SimpleRequest { Payload = Zeros(Limit) });
        await new TestService.TestServiceClient(server.Channel).UnaryCallAsync(new SimpleRequest { Payload = Zeros(Limit - 100) });
    }

    [Fact]
    public async Task ServerSends_MoreThanItsLimit_ResourceExhausted()
    {
        await using TestServer server = await TestServer.StartAsync(options => options.MaxSendMessageSize = Limit);
        await ExpectExhaustedAsync(server.Channel, new SimpleRequest { ResponseSize = Limit });
    }

    [Fact]
    public async Task ClientReceives_MoreThanItsLimit_ResourceExhausted()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.CreateChannel(options => options.MaxReceiveMessageSize = Limit);
        await ExpectExhaustedAsync(channel, new SimpleRequest { ResponseSize = Limit });
    }

    [Fact]
    public async Task ClientSends_MoreThanItsLimit_ResourceExhausted()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.CreateChannel(options => options.MaxSendMessageSize = Limit);
        await ExpectExhaustedAsync(channel, new SimpleRequest { Payload = Zeros(Limit) });
    }

    [Fact]
    public async Task Defaults_FourMegabytes_OneByteMoreIsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        await ExpectExhaustedAsync(server.Channel, new SimpleRequest { ResponseSize = 4 * 1024 * 1024 });
    }

    [Fact]
    public async Task NoLimits_FortyMegabytesInBothDirections_Arrive()
    {
        const int Size = 40_000_000; // More than Kestrel takes as one request body by default.
        await using TestServer server = await TestServer.StartAsync(options => options.MaxReceiveMessageSize = null);
        using GrpcChannel channel = server.CreateChannel(options => options.MaxReceiveMessageSize = null);
        SimpleResponse response = await new TestService.TestServiceClient(channel).UnaryCallAsync(
            new SimpleRequest { Payload = Zeros(Size), ResponseSize = Size });
        Assert.Equal(Size, response.Payload.Body.Length);
    }

    private static async Task ExpectExhaustedAsync(GrpcChannel channel, SimpleRequest request)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await new TestService.TestServiceClient(channel).UnaryCallAsync(request));
        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
    }

    private static Payload Zeros(int sizeBytes) => new() { Body = ByteString.CopyFrom(new byte[sizeBytes]) };
}
