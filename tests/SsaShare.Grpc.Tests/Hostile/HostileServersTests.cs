using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace SsaShare.Grpc.Tests.Hostile;

/// <summary>Servers that answer our client with damaged gRPC.</summary>
public sealed class HostileServersTests
{
    [Theory]
    [InlineData(StatusCode.ResourceExhausted, new byte[] { 0, 0xff, 0xff, 0xff, 0xff, 1 })] // Claims 4 GB.
    [InlineData(StatusCode.Internal, new byte[] { 0, 0, 0, 0, 9, 1 })] // Ends inside a message.
    [InlineData(StatusCode.Internal, new byte[] { 0, 0 })] // Ends inside a header.
    [InlineData(StatusCode.Internal, new byte[] { 7, 0, 0, 0, 0 })] // Has an unknown flag.
    [InlineData(StatusCode.Internal, new byte[] { 1, 0, 0, 0, 0 })] // Compressed with nothing named.
    [InlineData(StatusCode.Internal, new byte[] { 0, 0, 0, 0, 1, 0x0a })] // Not protobuf.
    [InlineData(StatusCode.Internal, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })] // Two messages.
    [InlineData(StatusCode.Internal, new byte[] { })] // OK without a message.
    public async Task Unary_DamagedBody_RightStatus(StatusCode expected, byte[] body)
        => await ExpectAsync(expected, async http =>
        {
            http.Response.ContentType = "application/grpc";
            http.Response.DeclareTrailer("grpc-status");
            await http.Response.Body.WriteAsync(body);
            http.Response.AppendTrailer("grpc-status", "0");
        });

    [Fact]
    public async Task Unary_NoStatus_Unknown() => await ExpectAsync(StatusCode.Unknown, async http =>
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(new byte[5]);
    });

    [Fact]
    public async Task Unary_StatusIsNoNumber_Unknown() => await ExpectAsync(StatusCode.Unknown, http =>
    {
        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-status"] = "fine";
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData(StatusCode.Unknown, 200)]
    [InlineData(StatusCode.Internal, 400)]
    [InlineData(StatusCode.Unauthenticated, 401)]
    [InlineData(StatusCode.PermissionDenied, 403)]
    [InlineData(StatusCode.Unimplemented, 404)]
    [InlineData(StatusCode.Unavailable, 503)]
    [InlineData(StatusCode.Unknown, 500)]
    public async Task Unary_AnswerIsAWebPage_StatusOfTheTable(StatusCode expected, int httpStatus) => await ExpectAsync(expected, async http =>
    {
        http.Response.StatusCode = httpStatus;
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync("<html>");
    });

    [Fact]
    public async Task Unary_HugeHeaders_AreRefused() => await ExpectAsync(StatusCode.Unavailable, http =>
    {
        for (int i = 0; i < 100; i++)
        {
            http.Response.Headers[$"x-{i}"] = new string('a', 8_000);
        }

        return Task.CompletedTask;
    });

    [Theory]
    [InlineData(StatusCode.Unavailable, 7)]
    [InlineData(StatusCode.Cancelled, 8)]
    [InlineData(StatusCode.ResourceExhausted, 11)]
    [InlineData(StatusCode.PermissionDenied, 12)]
    [InlineData(StatusCode.Internal, 2)]
    public async Task Unary_StreamIsReset_StatusOfTheTable(StatusCode expected, int error) => await ExpectAsync(expected, async http =>
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.FlushAsync();
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResetFeature>()!.Reset(error);
    });

    [Fact]
    public async Task Unary_ConnectionIsLost_Unavailable() => await ExpectAsync(StatusCode.Unavailable, async http =>
    {
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.FlushAsync();
        http.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionLifetimeFeature>()!.Abort();
    });

    private static async Task ExpectAsync(StatusCode expected, RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using WebApplication app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(app.Urls.Single());
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            async () => await new TestService.TestServiceClient(channel).UnaryCallAsync(new SimpleRequest()));
        Assert.True(expected == exception.StatusCode, exception.ToString());
    }
}
