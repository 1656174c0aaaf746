using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class CompressionTests
{
    private static readonly Metadata GzipRequest = new() { { "grpc-internal-encoding-request", "gzip" } };

    [Fact]
    public async Task UnaryCall_GzipInBothDirections_Arrives()
    {
        string? encoding = null;
        await using TestServer server = await TestServer.StartAsync(
            new ScriptedService
            {
                Unary = (request, context) =>
                {
                    encoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
                    return Task.FromResult(new SimpleResponse { Payload = request.Payload });
                },
            },
            options => options.ResponseCompressionAlgorithm = "gzip");
        var payload = new Payload { Body = ByteString.CopyFrom(new byte[1_000_000]) };
        SimpleResponse response = await server.Client.UnaryCallAsync(new SimpleRequest { Payload = payload }, GzipRequest);
        Assert.Equal(payload, response.Payload);
        Assert.Equal("gzip", encoding);
    }

    [Fact]
    public async Task Response_ClientAcceptsGzip_IsCompressedOnTheWire()
    {
        await using TestServer server = await GzipServerAsync();
        using var call = new RawCall(server, "UnaryCall", RawCall.Frame([]));
        call.Headers.Add("grpc-accept-encoding", "identity, gzip");
        RawResponse response = await call.SendAsync();
        Assert.Equal("gzip", response.Headers["grpc-encoding"]);
        Assert.Equal(1, response.Body[0]);
        Assert.InRange(response.Body.Length, 10, 10_000);
        using var gzip = new GZipStream(new MemoryStream(response.Body, 5, response.Body.Length - 5), CompressionMode.Decompress);
        Assert.Equal(1_000_000, SimpleResponse.Parser.ParseFrom(gzip).Payload.Body.Length);
    }

    [Fact]
    public async Task Response_ClientDoesNotAcceptGzip_IsPlain()
    {
        await using TestServer server = await GzipServerAsync();
        using var call = new RawCall(server, "UnaryCall", RawCall.Frame([]));
        RawResponse response = await call.SendAsync();
        Assert.False(response.Headers.ContainsKey("grpc-encoding"));
        Assert.Equal(0, response.Body[0]);
        Assert.InRange(response.Body.Length, 1_000_000, 1_000_100);
    }

    [Fact]
    public async Task Response_NoCompressFlag_IsPlain()
    {
        await using TestServer server = await GzipServerAsync(new WriteOptions(WriteFlags.NoCompress));
        using var call = new RawCall(server, "UnaryCall", RawCall.Frame([]));
        call.Headers.Add("grpc-accept-encoding", "gzip");
        Assert.Equal(0, (await call.SendAsync()).Body[0]);
    }

    [Fact]
    public async Task Request_UnknownEncoding_UnimplementedAndTheKnownOnesAreNamed()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var call = new RawCall(server, "UnaryCall", RawCall.Frame(1, 1, 0));
        call.Headers.Add("grpc-encoding", "snappy");
        RawResponse response = await call.SendAsync();
        Assert.Equal("12", response.Status);
        Assert.Equal("identity,gzip", response.Headers["grpc-accept-encoding"]);
    }

    private static Task<TestServer> GzipServerAsync(WriteOptions? writeOptions = null) => TestServer.StartAsync(
        new ScriptedService
        {
            Unary = (_, context) =>
            {
                context.WriteOptions = writeOptions;
                return Task.FromResult(new SimpleResponse { Payload = new Payload { Body = ByteString.CopyFrom(new byte[1_000_000]) } });
            },
        },
        options => options.ResponseCompressionAlgorithm = "gzip");
}
