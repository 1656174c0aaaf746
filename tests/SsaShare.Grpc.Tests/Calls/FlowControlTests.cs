using Grpc.Core;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class FlowControlTests
{
    private const int MessageBytes = 10_000;

    [Fact]
    public async Task ServerStreaming_ClientReadsNothing_SenderWaitsAndLosesNothing()
    {
        const int Messages = 5_000; // 50 MB
        int written = 0;
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ServerStreaming = async (_, responses, _) =>
            {
                for (; written < Messages; Interlocked.Increment(ref written))
                {
                    await responses.WriteAsync(ScriptedService.Response(MessageBytes));
                }
            },
        });
        using var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.True(await call.ResponseStream.MoveNext());

        // Longer than Kestrel's grace period for slow readers: waiting is not slowness.
        int before = await StandsStillAsync(() => Volatile.Read(ref written), TimeSpan.FromSeconds(7));
        Assert.InRange(before * (long)MessageBytes, MessageBytes, 4_000_000);

        int read = 1;
        while (await call.ResponseStream.MoveNext())
        {
            read++;
        }

        Assert.Equal(Messages, read);
    }

    [Fact]
    public async Task ClientStreaming_ServerReadsNothing_SenderWaitsAndLosesNothing()
    {
        const int Messages = 5_000; // 50 MB
        var readOn = new TaskCompletionSource();
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ClientStreaming = async (requests, _) =>
            {
                await readOn.Task;
                var response = new StreamingInputCallResponse();
                await foreach (StreamingInputCallRequest request in requests.ReadAllAsync())
                {
                    response.AggregatedPayloadSize += request.Payload.Body.Length;
                }

                return response;
            },
        });
        using var call = server.Client.StreamingInputCall();
        int written = 0;
        Task writing = Task.Run(async () =>
        {
            for (; written < Messages; Interlocked.Increment(ref written))
            {
                await call.RequestStream.WriteAsync(ScriptedService.Request(MessageBytes));
            }

            await call.RequestStream.CompleteAsync();
        });
        int before = await StandsStillAsync(() => Volatile.Read(ref written), TimeSpan.FromSeconds(7));
        Assert.InRange(before * (long)MessageBytes, MessageBytes, 4_000_000);

        readOn.SetResult();
        await writing;
        Assert.Equal(Messages * MessageBytes, (await call).AggregatedPayloadSize);
    }

    [Fact]
    public async Task Duplex_LoneMessage_LeavesAtOnce()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Duplex = async (requests, responses, _) =>
            {
                while (await requests.MoveNext(CancellationToken.None))
                {
                    await responses.WriteAsync(ScriptedService.Response(1));
                }
            },
        });
        using var call = server.Client.FullDuplexCall();
        for (int i = 0; i < 200; i++)
        {
            await call.RequestStream.WriteAsync(new StreamingOutputCallRequest());
            Assert.True(await call.ResponseStream.MoveNext().WaitAsync(TimeSpan.FromSeconds(10)));
        }
    }

    [Fact]
    public async Task ServerStreaming_ManySmallMessages_ArriveInOrder()
    {
        const int Messages = 100_000;
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ServerStreaming = async (_, responses, _) =>
            {
                for (int i = 0; i < Messages; i++)
                {
                    await responses.WriteAsync(new StreamingOutputCallResponse { Payload = new Payload { Type = (PayloadType)i } });
                }
            },
        });
        using var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        int next = 0;
        await foreach (StreamingOutputCallResponse response in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(next++, (int)response.Payload.Type);
        }

        Assert.Equal(Messages, next);
    }

    /// <summary>Waits until the count has not moved for this long.</summary>
    private static async Task<int> StandsStillAsync(Func<int> count, TimeSpan time)
    {
        int last = -1;
        int now;
        while ((now = count()) != last)
        {
            last = now;
            await Task.Delay(time);
        }

        return now;
    }
}
