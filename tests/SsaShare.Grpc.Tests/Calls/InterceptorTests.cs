using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class InterceptorTests
{
    [Fact]
    public async Task Server_TwoInterceptors_SeeEveryKindOfCallInOrder()
    {
        var trace = new Trace();
        await using TestServer server = await TestServer.StartAsync<InteropTestService>(
            options =>
            {
                options.Interceptors.Add<TracingInterceptor>("outer");
                options.Interceptors.Add<TracingInterceptor>("inner");
            },
            services => services.AddSingleton(trace));
        foreach (string name in new[] { "empty_unary", "client_streaming", "server_streaming", "empty_stream" })
        {
            trace.Clear();
            await Interop.InteropCases.All[name](server.Channel);
            Assert.Equal(["outer in", "inner in", "inner out", "outer out"], trace.Steps);
        }
    }

    [Fact]
    public async Task Server_InterceptorRefuses_HandlerIsNotReached()
    {
        bool reached = false;
        await using TestServer server = await TestServer.StartAsync(
            new ScriptedService
            {
                Unary = (_, _) =>
                {
                    reached = true;
                    return Task.FromResult(new SimpleResponse());
                },
            },
            options => options.Interceptors.Add<RefusingInterceptor>());
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.UnaryCallAsync(new SimpleRequest()));
        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        Assert.False(reached);
    }

    [Fact]
    public async Task Client_Interceptors_AddMetadataAndSeeTheResponse()
    {
        string? seen = null;
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = (_, context) =>
            {
                seen = context.RequestHeaders.GetValue("x-added");
                return Task.FromResult(new SimpleResponse { Username = "server" });
            },
        });
        var client = new TestService.TestServiceClient(server.Channel
            .Intercept(new RenamingInterceptor())
            .Intercept(headers =>
            {
                headers.Add("x-added", "by function");
                return headers;
            }));
        Assert.Equal("server, seen", (await client.UnaryCallAsync(new SimpleRequest())).Username);
        Assert.Equal("by function", seen);
        Assert.Equal("server, seen", client.UnaryCall(new SimpleRequest()).Username);
    }

    [Fact]
    public async Task WithHost_Stub_AsksForThatAuthority()
    {
        string? host = null;
        await using TestServer server = await TestServer.StartAsync(new ScriptedService
        {
            Unary = (_, context) =>
            {
                host = context.Host;
                return Task.FromResult(new SimpleResponse());
            },
        });
        await server.Client.WithHost("node.example:7000").UnaryCallAsync(new SimpleRequest());
        Assert.Equal("node.example:7000", host);
    }

    private sealed class Trace
    {
        private readonly List<string> _steps = [];

        public IReadOnlyList<string> Steps
        {
            get
            {
                // The last step may come a moment after the client has its answer.
                SpinWait.SpinUntil(() => Count() == 4, TimeSpan.FromSeconds(10));
                lock (_steps)
                {
                    return [.. _steps];
                }
            }
        }

        public void Add(string step)
        {
            lock (_steps)
            {
                _steps.Add(step);
            }
        }

        public void Clear()
        {
            lock (_steps)
            {
                _steps.Clear();
            }
        }

        private int Count()
        {
            lock (_steps)
            {
                return _steps.Count;
            }
        }
    }

    private sealed class TracingInterceptor(Trace trace, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
            => TraceAsync(() => continuation(request, context));

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
            => TraceAsync(() => continuation(requestStream, context));

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
            => TraceAsync(async () =>
            {
                await continuation(request, responseStream, context);
                return 0;
            });

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
            => TraceAsync(async () =>
            {
                await continuation(requestStream, responseStream, context);
                return 0;
            });

        private async Task<T> TraceAsync<T>(Func<Task<T>> call)
        {
            trace.Add($"{name} in");
            T result = await call();
            trace.Add($"{name} out");
            return result;
        }
    }

    private sealed class RefusingInterceptor : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
            => throw new RpcException(new Status(StatusCode.Unauthenticated, "who are you?"));
    }

    private sealed class RenamingInterceptor : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
            => Rename(continuation(request, context));

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            AsyncUnaryCall<TResponse> call = continuation(request, context);
            return new AsyncUnaryCall<TResponse>(
                RenameAsync(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
        }

        private static async Task<TResponse> RenameAsync<TResponse>(Task<TResponse> response) => Rename(await response);

        private static TResponse Rename<TResponse>(TResponse response)
        {
            if (response is SimpleResponse simple)
            {
                simple.Username += ", seen";
            }

            return response;
        }
    }
}
