using System.Diagnostics;
using Grpc.Core;
using Grpc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class HostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stop_CallInFlight_FinishesAndNewOnesAreRefused()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            ServerStreaming = async (_, responses, _) =>
            {
                await responses.WriteAsync(ScriptedService.Response(1));
                entered.SetResult();
                await release.Task;
                await responses.WriteAsync(ScriptedService.Response(2));
            },
        });
        using var call = server.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        await entered.Task.WaitAsync(Patience);

        Task stopping = server.StopAsync();
        await Task.Delay(200);
        Assert.False(stopping.IsCompleted);
        RpcException refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.UnaryCallAsync(new SimpleRequest()));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);

        release.SetResult();
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(2, call.ResponseStream.Current.Payload.Body.Length);
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        await stopping.WaitAsync(Patience);
    }

    [Fact]
    public async Task Stop_CallOutstaysTheShutdownTimeout_IsCutOff()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = async (_, context) =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return new SimpleResponse();
            },
        });
        using var call = server.Client.UnaryCallAsync(new SimpleRequest());
        await Task.Delay(200);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await server.StopAsync(timeout.Token).WaitAsync(Patience);
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(Patience));
        Assert.True(exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled, exception.ToString());
    }

    [Fact]
    public async Task Call_NoServer_Unavailable()
    {
        TestServer server = await TestServer.StartAsync();
        await using (server)
        {
            await server.StopAsync();
            RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.EmptyCallAsync(new Empty()));
            Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        }
    }

    [Fact]
    public async Task Server_ServiceNotInTheContainer_IsMadeAndDisposedForEachCall()
    {
        await using TestServer server = await TestServer.StartAsync<CountedService>(services: services => services.AddSingleton<Counts>());
        await server.Client.EmptyCallAsync(new Empty());
        await server.Client.EmptyCallAsync(new Empty());
        Counts counts = server.Services.GetRequiredService<Counts>();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref counts.Disposed) == 2, Patience));
        Assert.Equal(2, counts.Made);
    }

    [Fact]
    public async Task Call_InsideAnActivity_ServerContinuesItsTrace()
    {
        var traceId = new TaskCompletionSource<ActivityTraceId>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http" or nameof(HostTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = (_, _) =>
            {
                traceId.SetResult(Activity.Current!.TraceId);
                return Task.FromResult(new SimpleResponse());
            },
        });
        using var source = new ActivitySource(nameof(HostTests));
        using Activity activity = source.StartActivity("publish")!;
        await server.Client.UnaryCallAsync(new SimpleRequest());
        Assert.Equal(activity.TraceId, await traceId.Task);
    }

    [Fact]
    public async Task Server_PlainHttpRequest_IsNotACall()
    {
        await using TestServer server = await TestServer.StartAsync(new ScriptedService());
        using var call = new RawCall(server, "UnaryCall", []);
        call.Request.Content!.Headers.ContentType = new("application/json");
        Assert.Equal(System.Net.HttpStatusCode.UnsupportedMediaType, (await call.SendAsync()).HttpStatus);
    }

    [Fact]
    public async Task Server_Http1Request_IsToldToUpgrade()
    {
        await using TestServer server = await TestServer.StartAsync(protocols: HttpProtocols.Http1);
        using var call = new RawCall(server, "UnaryCall", []);
        call.Request.Version = System.Net.HttpVersion.Version11;
        Assert.Equal(System.Net.HttpStatusCode.UpgradeRequired, (await call.SendAsync()).HttpStatus);
    }

    private sealed class Counts
    {
        public int Disposed;
        public int Made;
    }

    private sealed class CountedService : TestService.TestServiceBase, IDisposable
    {
        private readonly Counts _counts;

        public CountedService(Counts counts)
        {
            _counts = counts;
            Interlocked.Increment(ref counts.Made);
        }

        public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

        public void Dispose() => Interlocked.Increment(ref _counts.Disposed);
    }
}
