using System.Diagnostics;
using Grpc.Core;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class DeadlineTests
{
    [Fact]
    public async Task UnaryCall_DeadlinePasses_ClientGetsDeadlineExceededAndHandlerIsCancelled()
    {
        var cancelled = new TaskCompletionSource();
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = async (_, context) =>
            {
                await using (context.CancellationToken.Register(cancelled.SetResult))
                {
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                }

                return new SimpleResponse();
            },
        });
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryCallAsync(new SimpleRequest(), deadline: DateTime.UtcNow.AddMilliseconds(200)));
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task UnaryCall_DeadlineInThePast_NeverReachesTheServer()
    {
        bool reached = false;
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = (_, _) =>
            {
                reached = true;
                return Task.FromResult(new SimpleResponse());
            },
        });
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await server.Client.UnaryCallAsync(new SimpleRequest(), deadline: DateTime.UtcNow.AddSeconds(-1)));
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.False(reached);
    }

    [Fact]
    public async Task Server_HandlerIgnoresDeadline_AnswersAtTheDeadlineAllTheSame()
    {
        var release = new TaskCompletionSource();
        DateTime seen = default;
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = async (_, context) =>
            {
                seen = context.Deadline;
                await release.Task;
                return new SimpleResponse();
            },
        });
        using var call = new RawCall(server, "UnaryCall", RawCall.Frame([]));
        call.Headers.Add("grpc-timeout", "250m");
        var clock = Stopwatch.StartNew();
        RawResponse response = await call.SendAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        Assert.Equal("4", response.Status);
        Assert.InRange(seen, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
        release.SetResult();
    }

    [Fact]
    public async Task Server_HandlerStreamsPastTheDeadline_MessagesThenDeadlineExceeded()
    {
        Exception? handlerSaw = null;
        var handlerDone = new TaskCompletionSource();
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ServerStreaming = async (_, responses, _) =>
            {
                try
                {
                    while (true)
                    {
                        await responses.WriteAsync(ScriptedService.Response(10));
                        await Task.Delay(20);
                    }
                }
                catch (Exception exception)
                {
                    handlerSaw = exception;
                    handlerDone.SetResult();
                    throw;
                }
            },
        });
        using var call = new RawCall(server, "StreamingOutputCall", RawCall.Frame([]));
        call.Headers.Add("grpc-timeout", "300m");
        RawResponse response = await call.SendAsync();
        Assert.Equal("4", response.Trailers["grpc-status"]);
        Assert.NotEmpty(response.Body);
        await handlerDone.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.IsType<OperationCanceledException>(handlerSaw);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("123456789m")]
    [InlineData("5x")]
    public async Task Server_MalformedTimeout_Internal(string timeout)
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService());
        using var call = new RawCall(server, "UnaryCall", RawCall.Frame([]));
        call.Headers.TryAddWithoutValidation("grpc-timeout", timeout);
        Assert.Equal("13", (await call.SendAsync()).Status);
    }

    [Fact]
    public async Task Client_DeadlineManyYearsAway_CallSucceeds()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService());
        await server.Client.UnaryCallAsync(new SimpleRequest(), deadline: DateTime.UtcNow.AddYears(5_000));
        await server.Client.UnaryCallAsync(new SimpleRequest(), deadline: DateTime.MaxValue);
    }
}
