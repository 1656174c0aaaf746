using System.IO.Compression;
using Grpc.Core;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Hostile;

/// <summary>Well-formed HTTP/2 that carries damaged gRPC, sent to our server.</summary>
public sealed class HostileMessagesTests
{
    internal static readonly byte[] EmptyRequest = RawCall.Frame([]);

    [Theory]
    [InlineData(4 * 1024 * 1024 + 1)]
    [InlineData(int.MaxValue)]
    [InlineData(uint.MaxValue)]
    public async Task Message_ClaimsMoreThanTheLimit_ResourceExhaustedBeforeItArrives(uint claimedLength)
        => await ExpectAsync(StatusCode.ResourceExhausted, RawCall.Frame(0, claimedLength, new byte[1_000]));

    [Theory]
    [InlineData(0, 1)] // Only the flag.
    [InlineData(0, 4)] // Half a header.
    [InlineData(100, 5)] // Only the header.
    [InlineData(100, 50)] // Half a message.
    public async Task Message_StreamEndsInside_Internal(int claimedLength, int sentBytes)
        => await ExpectAsync(StatusCode.Internal, RawCall.Frame(0, (uint)claimedLength, new byte[claimedLength])[..sentBytes]);

    [Theory]
    [InlineData(2)]
    [InlineData(0x80)]
    [InlineData(255)]
    public async Task Message_UnknownFlag_Internal(byte flag) => await ExpectAsync(StatusCode.Internal, RawCall.Frame(flag, 0));

    [Fact]
    public async Task Message_CompressedWithoutAnEncoding_Internal() => await ExpectAsync(StatusCode.Internal, RawCall.Frame(1, 1, 0));

    [Fact]
    public async Task Message_NotGzipThoughNamedSo_Internal()
        => await ExpectAsync(StatusCode.Internal, RawCall.Frame(1, 4, 1, 2, 3, 4), "gzip");

    [Fact]
    public async Task Message_GzipCutShortAnywhere_Internal()
    {
        byte[] gzip = Gzip(new byte[10_000]);
        await using TestServer server = await TestServer.StartAsync();
        for (int length = 0; length < gzip.Length; length++)
        {
            Assert.Equal("13", (await SendAsync(server, RawCall.Frame(1, (uint)length, gzip[..length]), "gzip")).Status);
        }
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(10_000_000, 1)]
    public async Task Message_GzipThatHoldsMoreThanItsTrailerSays_Internal(int firstBytes, int lastBytes)
    {
        byte[] members = [.. Gzip(new byte[firstBytes]), .. Gzip(new byte[lastBytes])];
        await ExpectAsync(StatusCode.Internal, RawCall.Frame(1, (uint)members.Length, members), "gzip");
    }

    [Fact]
    public async Task Message_GzipThatSaysMoreThanTheLimit_ResourceExhausted()
    {
        byte[] gzip = Gzip(new byte[(4 * 1024 * 1024) + 1]);
        await ExpectAsync(StatusCode.ResourceExhausted, RawCall.Frame(1, (uint)gzip.Length, gzip), "gzip");
    }

    [Fact]
    public async Task Message_NotProtobuf_IsRefusedAndTheServerLives()
    {
        await using TestServer server = await TestServer.StartAsync();
        byte[] endlessField = [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f];
        Assert.Equal("13", (await SendAsync(server, RawCall.Frame(endlessField), null)).Status);
        Assert.Equal("0", (await SendAsync(server, EmptyRequest, null)).Status);
    }

    [Fact]
    public async Task Body_Noise_AlwaysGetsAStatus()
    {
        await using TestServer server = await TestServer.StartAsync();
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            byte[] noise = new byte[random.Next(60)];
            random.NextBytes(noise);
            noise.AsSpan(0, Math.Min(noise.Length, 4)).Clear(); // Small claimed lengths, so that payloads are read too.
            RawResponse response = await SendAsync(server, noise, seed % 2 == 0 ? "gzip" : null);
            Assert.True(response.Status is "0" or "8" or "13", $"seed {seed}: status {response.Status}");
        }
    }

    [Fact]
    public async Task Call_NoMessage_Internal() => await ExpectAsync(StatusCode.Internal, []);

    [Fact]
    public async Task Call_TwoMessagesWhereOneBelongs_Internal() => await ExpectAsync(StatusCode.Internal, [.. EmptyRequest, .. EmptyRequest]);

    [Theory]
    [InlineData("x-data-bin", "***")]
    [InlineData("x-data-bin", "AAAAA")]
    public async Task Metadata_NotBase64_Internal(string name, string value)
    {
        await using TestServer server = await TestServer.StartAsync();
        using var call = new RawCall(server, "UnaryCall", EmptyRequest);
        call.Headers.TryAddWithoutValidation(name, value);
        Assert.Equal("13", (await call.SendAsync()).Status);
    }

    [Fact]
    public async Task Metadata_NameThatMetadataCannotHave_IsLeftOut()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var call = new RawCall(server, "UnaryCall", EmptyRequest);
        call.Headers.TryAddWithoutValidation("x!odd", "value");
        Assert.Equal("0", (await call.SendAsync()).Status);
    }

    private static async Task ExpectAsync(StatusCode status, byte[] body, string? encoding = null)
    {
        await using TestServer server = await TestServer.StartAsync();
        Assert.Equal($"{(int)status}", (await SendAsync(server, body, encoding)).Status);
        await new TestService.TestServiceClient(server.Channel).EmptyCallAsync(new Empty());
    }

    internal static async Task<RawResponse> SendAsync(TestServer server, byte[] body, string? encoding)
    {
        using var call = new RawCall(server, "UnaryCall", body);
        if (encoding is not null)
        {
            call.Headers.Add("grpc-encoding", encoding);
        }

        return await call.SendAsync();
    }

    internal static byte[] Gzip(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(data);
        }

        return compressed.ToArray();
    }
}
