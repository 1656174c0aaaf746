using System.Net.Sockets;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Hostile;

/// <summary>Damaged or endless HTTP/2, sent to our server over bare sockets. Afterwards the server serves as before.</summary>
[Collection(nameof(Alone))]
public sealed class HostileConnectionsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Headers_Endless_ConnectionIsClosedSoonAndMemoryStaysSmall()
    {
        await using TestServer server = await ServerAsync();
        long before = Alone.LiveBytes();
        await using RawHttp2Connection connection = await RawHttp2Connection.OpenAsync(server.Port);
        await connection.SendAsync(RawHttp2Connection.Headers, 0, 1, RawHttp2Connection.CallHeaders("EmptyCall"));
        byte[] more = RawHttp2Connection.Literal("x-more", new string('a', 8_000));
        int sent = await SendUntilClosedAsync(connection, () => connection.SendAsync(RawHttp2Connection.Continuation, 0, 1, more), limit: 100_000);
        Assert.InRange(sent, 1, 10_000);
        Assert.InRange(Alone.LiveBytes() - before, long.MinValue, 20_000_000);
        await ExpectServingAsync(server);
    }

    [Fact]
    public async Task Headers_EndlessEmptyContinuations_ConnectionIsClosedSoon()
    {
        await using TestServer server = await ServerAsync();
        await using RawHttp2Connection connection = await RawHttp2Connection.OpenAsync(server.Port);
        await connection.SendAsync(RawHttp2Connection.Headers, 0, 1, RawHttp2Connection.CallHeaders("EmptyCall"));
        byte[] field = RawHttp2Connection.Literal("x", "y");
        int sent = await SendUntilClosedAsync(connection, () => connection.SendAsync(RawHttp2Connection.Continuation, 0, 1, field), limit: 500_000);
        Assert.InRange(sent, 1, 499_999);
        await ExpectServingAsync(server);
    }

    [Fact]
    public async Task Frame_LongerThanAllowed_ConnectionIsClosed()
    {
        await using TestServer server = await ServerAsync();
        await using RawHttp2Connection connection = await RawHttp2Connection.OpenAsync(server.Port);
        await connection.SendAsync(RawHttp2Connection.Headers, RawHttp2Connection.EndHeaders, 1, RawHttp2Connection.CallHeaders("UnaryCall"));
        await connection.SendBytesAsync([0xff, 0xff, 0xff, RawHttp2Connection.Data, 0, 0, 0, 0, 1]);
        Assert.Contains(RawHttp2Connection.GoAway, await FrameTypesAsync(connection));
        await ExpectServingAsync(server);
    }

    [Fact]
    public async Task Connection_LostInsideAMessage_HandlerIsCancelled()
    {
        var reading = new TaskCompletionSource();
        var handlerSaw = new TaskCompletionSource<Exception>();
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ClientStreaming = async (requests, _) =>
            {
                reading.SetResult();
                try
                {
                    await requests.MoveNext(CancellationToken.None);
                }
                catch (Exception exception)
                {
                    handlerSaw.SetResult(exception);
                    throw;
                }

                return new StreamingInputCallResponse();
            },
        });
        await using (RawHttp2Connection connection = await RawHttp2Connection.OpenAsync(server.Port))
        {
            await connection.SendAsync(RawHttp2Connection.Headers, RawHttp2Connection.EndHeaders, 1, RawHttp2Connection.CallHeaders("StreamingInputCall"));
            await connection.SendAsync(RawHttp2Connection.Data, 0, 1, RawCall.Frame(0, 1_000, 1, 2, 3));
            await reading.Task.WaitAsync(Patience);
        }

        Exception exception = await handlerSaw.Task.WaitAsync(Patience);
        Assert.True(exception is OperationCanceledException or IOException, exception.ToString());
        await server.Client.UnaryCallAsync(new SimpleRequest());
    }

    [Fact]
    public async Task Client_ReadsNothingPastTheDeadline_HandlerIsCancelledAndTheStreamReset()
    {
        var handlerSaw = new TaskCompletionSource<Exception>();
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ServerStreaming = async (_, responses, _) =>
            {
                try
                {
                    while (true)
                    {
                        await responses.WriteAsync(ScriptedService.Response(10_000));
                    }
                }
                catch (Exception exception)
                {
                    handlerSaw.SetResult(exception);
                    throw;
                }
            },
        });
        await using RawHttp2Connection connection = await RawHttp2Connection.OpenAsync(server.Port);
        byte[] headers = [.. RawHttp2Connection.CallHeaders("StreamingOutputCall"), .. RawHttp2Connection.Literal("grpc-timeout", "500m")];
        await connection.SendAsync(RawHttp2Connection.Headers, RawHttp2Connection.EndHeaders, 1, headers);
        await connection.SendAsync(RawHttp2Connection.Data, RawHttp2Connection.EndStream, 1, RawCall.Frame([]));
        Assert.IsAssignableFrom<OperationCanceledException>(await handlerSaw.Task.WaitAsync(Patience));
        await foreach ((byte type, _) in connection.ReadAsync())
        {
            if (type == RawHttp2Connection.ResetStream)
            {
                return;
            }
        }

        Assert.Fail("The connection ended without a reset of the stream.");
    }

    [Fact]
    public async Task Streams_OpenedAndResetWithoutEnd_ServerLivesAndMemoryStaysSmall()
    {
        await using TestServer server = await ServerAsync();
        await using RawHttp2Connection connection = await RawHttp2Connection.OpenAsync(server.Port);
        byte[] headers = RawHttp2Connection.CallHeaders("UnaryCall");
        long before = Alone.LiveBytes();
        int stream = 1;
        await SendUntilClosedAsync(
            connection,
            async () =>
            {
                await connection.SendAsync(RawHttp2Connection.Headers, RawHttp2Connection.EndHeaders, stream, headers);
                await connection.SendAsync(RawHttp2Connection.ResetStream, 0, stream, [0, 0, 0, 8]);
                stream += 2;
            },
            limit: 20_000);
        Assert.InRange(Alone.LiveBytes() - before, long.MinValue, 20_000_000);
        await ExpectServingAsync(server);
    }

    [Fact]
    public async Task Bytes_NotHttp2_ConnectionIsClosed()
    {
        await using TestServer server = await ServerAsync();
        for (int seed = 0; seed < 50; seed++)
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(System.Net.IPAddress.Loopback, server.Port);
            byte[] noise = new byte[2_000];
            new Random(seed).NextBytes(noise);
            NetworkStream stream = tcp.GetStream();
            await stream.WriteAsync(noise);
            await DrainAsync(stream).WaitAsync(Patience);
        }

        await ExpectServingAsync(server);
    }

    private static Task<TestServer> ServerAsync() => TestServer.StartAsync();

    private static async Task ExpectServingAsync(TestServer server)
        => await new TestService.TestServiceClient(server.Channel).EmptyCallAsync(new Empty(), deadline: DateTime.UtcNow + Patience);

    private static async Task DrainAsync(NetworkStream stream)
    {
        try
        {
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // Reset instead of closed: gone either way.
        }
    }

    private static async Task<List<byte>> FrameTypesAsync(RawHttp2Connection connection)
    {
        var types = new List<byte>();
        await foreach ((byte type, _) in connection.ReadAsync())
        {
            types.Add(type);
        }

        return types;
    }

    /// <summary>Sends again and again while it reads, until the server ends the connection.</summary>
    /// <returns>How often it sent.</returns>
    private static async Task<int> SendUntilClosedAsync(RawHttp2Connection connection, Func<Task> send, int limit)
    {
        Task reading = FrameTypesAsync(connection);
        int sent = 0;
        try
        {
            for (; sent < limit && !reading.IsCompleted; sent++)
            {
                await send().WaitAsync(Patience);
            }
        }
        catch (IOException)
        {
            // The server closed the connection, as it should.
        }

        return sent;
    }
}
