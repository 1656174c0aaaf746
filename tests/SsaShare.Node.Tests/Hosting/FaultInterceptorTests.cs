using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>What a caller learns when something inside a call fails.</summary>
public sealed class FaultInterceptorTests
{
    public static TheoryData<Exception, StatusCode> Faults => new()
    {
        { new Pkcs11Exception("The token refused C_Sign: no token is there."), StatusCode.Unavailable },
        { new TimeoutException("secret"), StatusCode.Unavailable },
        { new IOException("secret"), StatusCode.Internal },
        { new RpcException(new Status(StatusCode.NotFound, "no such record")), StatusCode.NotFound },
    };

    /// <summary>A token that is away comes back: callers try again, and are not told which token it is.</summary>
    [Theory, MemberData(nameof(Faults))]
    public async Task UnaryCall_ThatFails_GivesTheStatusAndNoDetailOfItsOwn(Exception fault, StatusCode expected)
    {
        var interceptor = new FaultInterceptor(NullLogger<FaultInterceptor>.Instance);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => interceptor.UnaryServerHandler<string, string>("", new Call(), (_, _) => Task.FromException<string>(fault)));
        Assert.Equal(expected, refusal.StatusCode);
        Assert.DoesNotContain("secret", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("C_Sign", refusal.Status.Detail, StringComparison.Ordinal);
    }

    private sealed class Call : ServerCallContext
    {
        protected override string MethodCore => "/test/Call";
        protected override string HostCore => "";
        protected override string PeerCore => "";
        protected override DateTime DeadlineCore => DateTime.MaxValue;
        protected override Metadata RequestHeadersCore { get; } = [];
        protected override CancellationToken CancellationTokenCore => CancellationToken.None;
        protected override Metadata ResponseTrailersCore { get; } = [];
        protected override Status StatusCore { get; set; }
        protected override WriteOptions? WriteOptionsCore { get; set; }
        protected override AuthContext AuthContextCore => throw new NotSupportedException();
        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
    }
}
