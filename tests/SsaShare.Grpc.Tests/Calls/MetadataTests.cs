using Grpc.Core;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class MetadataTests
{
    [Fact]
    public async Task UnaryCall_RepeatedAndBinaryMetadata_ArrivesInBothDirections()
    {
        byte[] allBytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = async (_, context) =>
            {
                var headers = new Metadata();
                foreach (Metadata.Entry entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
                {
                    headers.Add(entry);
                    context.ResponseTrailers.Add(entry);
                }

                await context.WriteResponseHeadersAsync(headers);
                return new SimpleResponse();
            },
        });
        var sent = new Metadata { { "x-text", "one" }, { "x-text", "two" }, { "X-Data-Bin", allBytes }, { "x-data-bin", Array.Empty<byte>() } };
        using var call = server.Client.UnaryCallAsync(new SimpleRequest(), sent);
        await call;
        foreach (Metadata received in new[] { await call.ResponseHeadersAsync, call.GetTrailers() })
        {
            // The protocol lets a transport join repeated values by commas, and .NET's does.
            Assert.Equal("one, two", string.Join(", ", received.GetAll("x-text").Select(entry => entry.Value)));
            Assert.Equal([allBytes, []], received.GetAll("x-data-bin").Select(entry => entry.ValueBytes));
        }
    }

    [Fact]
    public async Task UnaryCall_HandlerFailsBeforeAnyMessage_StatusIsInTheHeadersAlone()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = (_, _) => throw new RpcException(
                new Status(StatusCode.FailedPrecondition, "not yet"), new Metadata { { "x-hint", "wait" } }),
        });
        using var raw = new RawCall(server, "UnaryCall", RawCall.Frame([]));
        RawResponse response = await raw.SendAsync();
        Assert.Equal("9", response.Headers["grpc-status"]);
        Assert.Empty(response.Trailers);
        Assert.Empty(response.Body);

        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.UnaryCallAsync(new SimpleRequest()));
        Assert.Equal(new Status(StatusCode.FailedPrecondition, "not yet"), exception.Status);
        Assert.Equal("wait", exception.Trailers.GetValue("x-hint"));
    }

    [Fact]
    public async Task ServerStreaming_StatusSetWithoutException_ArrivesAfterTheMessages()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ServerStreaming = async (_, responses, context) =>
            {
                await responses.WriteAsync(ScriptedService.Response(3));
                context.Status = new Status(StatusCode.OutOfRange, "no more");
            },
        });
        using var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(new Status(StatusCode.OutOfRange, "no more"), exception.Status);
        Assert.Equal(exception.Status, call.GetStatus());
    }

    [Theory]
    [InlineData(false, "The handler failed.")]
    [InlineData(true, "The handler failed: InvalidOperationException: secret")]
    public async Task UnaryCall_HandlerThrows_TextTravelsOnlyWhenAskedFor(bool detailed, string detail)
    {
        await using TestServer server = await TestServer.StartAsync(
            new ScriptedService { Unary = (_, _) => throw new InvalidOperationException("secret") },
            options => options.EnableDetailedErrors = detailed);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.UnaryCallAsync(new SimpleRequest()));
        Assert.Equal(new Status(StatusCode.Unknown, detail), exception.Status);
    }

    [Theory]
    [InlineData("line\r\nx-injected: 1")]
    [InlineData("Zürich")]
    public async Task UnaryCall_TextThatAHeaderCannotCarry_InternalOnEitherSide(string value)
    {
        var bad = new Metadata { { "x-text", value } };
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = (request, _) => request.FillUsername
                ? throw new RpcException(new Status(StatusCode.NotFound, ""), bad)
                : Task.FromResult(new SimpleResponse()),
        });
        RpcException sent = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.UnaryCallAsync(new SimpleRequest(), bad));
        Assert.Equal(StatusCode.Internal, sent.StatusCode);
        RpcException received = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryCallAsync(new SimpleRequest { FillUsername = true }));
        Assert.Equal(StatusCode.Internal, received.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("line\nbreak")]
    public void Entry_MalformedKey_IsRefused(string key) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void Entry_ValueOfTheWrongKind_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x", new byte[] { 1 }));
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("x-bin", new byte[] { 1 }).Value);
    }
}
