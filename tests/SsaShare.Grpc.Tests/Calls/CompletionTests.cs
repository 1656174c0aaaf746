using Grpc.Core;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Calls;

public sealed class CompletionTests
{
    [Fact]
    public async Task CompleteAsync_ServerHasEndedTheCall_LeavesTheStatusToTheResponse()
    {
        var status = new Status(StatusCode.Unknown, "ended early");
        await using TestServer server = await TestServer.StartAsync(new ScriptedService { Duplex = (_, _, _) => throw new RpcException(status) });
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call = server.Client.FullDuplexCall();
        RpcException ended = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal(status, ended.Status);

        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new StreamingOutputCallRequest()));
    }
}
