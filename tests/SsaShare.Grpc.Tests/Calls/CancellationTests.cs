using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class CancellationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task ServerStreaming_ClientCancels_HandlerWritingWithoutPauseIsStopped()
    {
        var stopped = new TaskCompletionSource<Exception>();
        await using TestServer server = await TestServer.StartAsync(Endless(stopped));
        using var cancellation = new CancellationTokenSource();
        using var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest(), cancellationToken: cancellation.Token);
        Assert.True(await call.ResponseStream.MoveNext());
        await cancellation.CancelAsync();
        Assert.IsAssignableFrom<OperationCanceledException>(await stopped.Task.WaitAsync(Patience));
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext())
            {
            }
        });
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task ServerStreaming_ClientDisposesTheCall_HandlerIsStopped()
    {
        var stopped = new TaskCompletionSource<Exception>();
        await using TestServer server = await TestServer.StartAsync(Endless(stopped));
        using (var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest()))
        {
            Assert.True(await call.ResponseStream.MoveNext());
        }

        Assert.IsAssignableFrom<OperationCanceledException>(await stopped.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task ServerStreaming_ChannelIsDisposed_CallIsCancelled()
    {
        var stopped = new TaskCompletionSource<Exception>();
        await using TestServer server = await TestServer.StartAsync(Endless(stopped));
        GrpcChannel channel = server.CreateChannel();
        using var call = new TestService.TestServiceClient(channel).StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        channel.Dispose();
        Assert.IsAssignableFrom<OperationCanceledException>(await stopped.Task.WaitAsync(Patience));
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
        Assert.Throws<ObjectDisposedException>(() => new TestService.TestServiceClient(channel));
    }

    [Fact]
    public async Task MoveNext_ItsTokenIsCancelled_TheCallIsCancelled()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ServerStreaming = (_, _, context) => Task.Delay(Timeout.Infinite, context.CancellationToken),
        });
        using var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(cancellation.Token));
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    [Fact]
    public async Task UnaryCall_WithThrowOperationCanceled_ThrowsWhatPollyExpects()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = async (_, context) =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return new SimpleResponse();
            },
        });
        using GrpcChannel channel = server.CreateChannel(options => options.ThrowOperationCanceledOnCancellation = true);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        OperationCanceledException exception = await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest(), cancellationToken: cancellation.Token));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal(StatusCode.Cancelled, Assert.IsType<RpcException>(exception.InnerException).StatusCode);
    }

    [Fact]
    public async Task UnaryCall_TokenIsCancelledAlready_Cancelled()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService());
        using var call = server.Client.UnaryCallAsync(new SimpleRequest(), cancellationToken: new CancellationToken(canceled: true));
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseHeadersAsync)).StatusCode);
    }

    [Fact]
    public async Task ClientStreaming_HandlerReturnsEarly_ResponseArrivesAndWritesFail()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ClientStreaming = (_, _) => Task.FromResult(new StreamingInputCallResponse { AggregatedPayloadSize = 7 }),
        });
        using var call = server.Client.StreamingInputCall();
        Assert.Equal(7, (await call.ResponseAsync.WaitAsync(Patience)).AggregatedPayloadSize);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(ScriptedService.Request(1)));
        Assert.Equal(StatusCode.OK, exception.StatusCode);
    }

    [Fact]
    public async Task Duplex_HandlerFailsWhileClientWrites_WriterLearnsTheStatus()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Duplex = (_, _, _) => throw new RpcException(new Status(StatusCode.PermissionDenied, "no")),
        });
        using var call = server.Client.FullDuplexCall();
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
            {
                await call.RequestStream.WriteAsync(new StreamingOutputCallRequest());
                await Task.Delay(1);
            }
        });
        Assert.Equal(new Status(StatusCode.PermissionDenied, "no"), exception.Status);
    }

    private static ScriptedService Endless(TaskCompletionSource<Exception> stopped) => new()
    {
        ServerStreaming = async (_, responses, _) =>
        {
            try
            {
                while (true)
                {
                    await responses.WriteAsync(ScriptedService.Response(1_000));
                }
            }
            catch (Exception exception)
            {
                stopped.TrySetResult(exception);
                throw;
            }
        },
    };
}
