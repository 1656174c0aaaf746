using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Interop;

/// <summary>The cases of the public gRPC interoperability test description, as our client plays them against any server.</summary>
public static class InteropCases
{
    public static readonly IReadOnlyDictionary<string, Func<GrpcChannel, Task>> All = new Dictionary<string, Func<GrpcChannel, Task>>
    {
        ["empty_unary"] = EmptyUnaryAsync,
        ["large_unary"] = LargeUnaryAsync,
        ["client_streaming"] = ClientStreamingAsync,
        ["server_streaming"] = ServerStreamingAsync,
        ["ping_pong"] = PingPongAsync,
        ["empty_stream"] = EmptyStreamAsync,
        ["cancel_after_begin"] = CancelAfterBeginAsync,
        ["cancel_after_first_response"] = CancelAfterFirstResponseAsync,
        ["timeout_on_sleeping_server"] = TimeoutOnSleepingServerAsync,
        ["custom_metadata"] = CustomMetadataAsync,
        ["status_code_and_message"] = StatusCodeAndMessageAsync,
        ["special_status_message"] = SpecialStatusMessageAsync,
        ["unimplemented_method"] = UnimplementedMethodAsync,
        ["unimplemented_service"] = UnimplementedServiceAsync,
    };

    private static readonly int[] RequestSizes = [27182, 8, 1828, 45904];
    private static readonly int[] ResponseSizes = [31415, 9, 2653, 58979];

    private static async Task EmptyUnaryAsync(GrpcChannel channel)
        => Assert.Equal(new Empty(), await Client(channel).EmptyCallAsync(new Empty()));

    private static async Task LargeUnaryAsync(GrpcChannel channel)
    {
        SimpleResponse response = await Client(channel).UnaryCallAsync(new SimpleRequest { ResponseSize = 314159, Payload = Zeros(271828) });
        Assert.Equal(Zeros(314159), response.Payload);
    }

    private static async Task ClientStreamingAsync(GrpcChannel channel)
    {
        using AsyncClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> call = Client(channel).StreamingInputCall();
        foreach (int size in RequestSizes)
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(RequestSizes.Sum(), (await call).AggregatedPayloadSize);
    }

    private static async Task ServerStreamingAsync(GrpcChannel channel)
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.AddRange(ResponseSizes.Select(size => new ResponseParameters { Size = size }));
        using AsyncServerStreamingCall<StreamingOutputCallResponse> call = Client(channel).StreamingOutputCall(request);
        var sizes = new List<int>();
        await foreach (StreamingOutputCallResponse response in call.ResponseStream.ReadAllAsync())
        {
            sizes.Add(response.Payload.Body.Length);
        }

        Assert.Equal(ResponseSizes, sizes);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task PingPongAsync(GrpcChannel channel)
    {
        using var call = Client(channel).FullDuplexCall();
        foreach ((int requestSize, int responseSize) in RequestSizes.Zip(ResponseSizes))
        {
            await call.RequestStream.WriteAsync(Ask(responseSize, requestSize));
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(responseSize, call.ResponseStream.Current.Payload.Body.Length);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task EmptyStreamAsync(GrpcChannel channel)
    {
        using var call = Client(channel).FullDuplexCall();
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
    }

    private static async Task CancelAfterBeginAsync(GrpcChannel channel)
    {
        using var cancellation = new CancellationTokenSource();
        using var call = Client(channel).StreamingInputCall(cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    private static async Task CancelAfterFirstResponseAsync(GrpcChannel channel)
    {
        using var cancellation = new CancellationTokenSource();
        using var call = Client(channel).FullDuplexCall(cancellationToken: cancellation.Token);
        await call.RequestStream.WriteAsync(Ask(31415, 27182));
        Assert.True(await call.ResponseStream.MoveNext());
        await cancellation.CancelAsync();
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.Cancelled, exception.StatusCode);
    }

    private static async Task TimeoutOnSleepingServerAsync(GrpcChannel channel)
    {
        var clock = Stopwatch.StartNew();
        using var call = Client(channel).FullDuplexCall(deadline: DateTime.UtcNow.AddMilliseconds(1));
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await call.RequestStream.WriteAsync(Ask(31415, 27182));
            await call.ResponseStream.MoveNext();
            await call.ResponseStream.MoveNext();
        });
        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static async Task CustomMetadataAsync(GrpcChannel channel)
    {
        byte[] bytes = [0xab, 0xab, 0xab];
        var headers = new Metadata { { InteropTestService.InitialEcho, "test_initial_metadata_value" }, { InteropTestService.TrailingEcho, bytes } };
        using (AsyncUnaryCall<SimpleResponse> unary = Client(channel).UnaryCallAsync(
            new SimpleRequest { ResponseSize = 314159, Payload = Zeros(271828) }, headers))
        {
            await unary;
            Assert.Equal("test_initial_metadata_value", (await unary.ResponseHeadersAsync).GetValue(InteropTestService.InitialEcho));
            Assert.Equal(bytes, unary.GetTrailers().GetValueBytes(InteropTestService.TrailingEcho));
        }

        using var duplex = Client(channel).FullDuplexCall(headers);
        await duplex.RequestStream.WriteAsync(Ask(314159, 271828));
        await duplex.RequestStream.CompleteAsync();
        Assert.True(await duplex.ResponseStream.MoveNext());
        Assert.False(await duplex.ResponseStream.MoveNext());
        Assert.Equal("test_initial_metadata_value", (await duplex.ResponseHeadersAsync).GetValue(InteropTestService.InitialEcho));
        Assert.Equal(bytes, duplex.GetTrailers().GetValueBytes(InteropTestService.TrailingEcho));
    }

    private static async Task StatusCodeAndMessageAsync(GrpcChannel channel)
    {
        var status = new EchoStatus { Code = (int)StatusCode.Unknown, Message = "test status message" };
        RpcException unary = await Assert.ThrowsAsync<RpcException>(
            async () => await Client(channel).UnaryCallAsync(new SimpleRequest { ResponseStatus = status }));
        Assert.Equal(new Status(StatusCode.Unknown, status.Message), unary.Status);

        using var call = Client(channel).FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await call.RequestStream.CompleteAsync();
        RpcException duplex = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(new Status(StatusCode.Unknown, status.Message), duplex.Status);
    }

    private static async Task SpecialStatusMessageAsync(GrpcChannel channel)
    {
        const string Message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await Client(channel).UnaryCallAsync(
            new SimpleRequest { ResponseStatus = new EchoStatus { Code = (int)StatusCode.Unknown, Message = Message } }));
        Assert.Equal(new Status(StatusCode.Unknown, Message), exception.Status);
    }

    private static async Task UnimplementedMethodAsync(GrpcChannel channel)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await Client(channel).UnimplementedCallAsync(new Empty()));
        Assert.Equal(StatusCode.Unimplemented, exception.StatusCode);
    }

    private static async Task UnimplementedServiceAsync(GrpcChannel channel)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await new UnimplementedService.UnimplementedServiceClient(channel).UnimplementedCallAsync(new Empty()));
        Assert.Equal(StatusCode.Unimplemented, exception.StatusCode);
    }

    private static TestService.TestServiceClient Client(GrpcChannel channel) => new(channel);

    private static StreamingOutputCallRequest Ask(int responseSize, int requestSize) => new()
    {
        ResponseParameters = { new ResponseParameters { Size = responseSize } },
        Payload = Zeros(requestSize),
    };

    private static Payload Zeros(int sizeBytes) => new() { Body = ByteString.CopyFrom(new byte[sizeBytes]) };
}
