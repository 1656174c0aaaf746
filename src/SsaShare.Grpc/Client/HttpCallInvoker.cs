using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Starts calls on a channel.</summary>
internal sealed class HttpCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using AsyncUnaryCall<TResponse> call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        HttpCall<TRequest, TResponse> call = Create(method, host, options);
        return new AsyncUnaryCall<TResponse>(
            call.RunUnaryAsync(request), HttpCall.HeadersOf, HttpCall.StatusOf, HttpCall.TrailersOf, HttpCall.DisposeOf, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        HttpCall<TRequest, TResponse> call = Create(method, host, options);
        call.StartServerStreaming(request);
        return new AsyncServerStreamingCall<TResponse>(
            new ResponseStream<TRequest, TResponse>(call),
            HttpCall.HeadersOf, HttpCall.StatusOf, HttpCall.TrailersOf, HttpCall.DisposeOf, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        HttpCall<TRequest, TResponse> call = Create(method, host, options);
        RequestStream<TRequest, TResponse> requests = call.OpenRequestStream();
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            requests, call.RunClientStreamingAsync(requests.Content),
            HttpCall.HeadersOf, HttpCall.StatusOf, HttpCall.TrailersOf, HttpCall.DisposeOf, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        HttpCall<TRequest, TResponse> call = Create(method, host, options);
        RequestStream<TRequest, TResponse> requests = call.OpenRequestStream();
        call.StartDuplexStreaming(requests.Content);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            requests, new ResponseStream<TRequest, TResponse>(call),
            HttpCall.HeadersOf, HttpCall.StatusOf, HttpCall.TrailersOf, HttpCall.DisposeOf, call);
    }

    private HttpCall<TRequest, TResponse> Create<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class
    {
        channel.ThrowIfDisposed();
        return new HttpCall<TRequest, TResponse>(channel, method, host, options);
    }
}
