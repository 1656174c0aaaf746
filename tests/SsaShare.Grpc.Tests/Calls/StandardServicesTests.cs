using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Reflection.V1;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using RpcStatus = Google.Rpc.Status;
using Status = Grpc.Core.Status;

namespace SsaShare.Grpc.Tests.Calls;

/// <summary>Health, reflection and rich status.</summary>
public sealed class StandardServicesTests
{
    [Fact]
    public async Task Health_CheckAndWatch_FollowTheStatus()
    {
        var health = new HealthServiceImpl();
        health.SetStatus("", ServingStatus.Serving);
        await using TestServer server = await TestServer.StartAsync<InteropTestService>(
            services: services => services.AddSingleton(health), map: app => app.MapGrpcService<HealthServiceImpl>());
        var client = new Health.HealthClient(server.Channel);
        Assert.Equal(ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest())).Status);
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new HealthCheckRequest { Service = "later" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);

        using var watch = client.Watch(new HealthCheckRequest { Service = "later" });
        var seen = new List<ServingStatus>();
        Assert.True(await watch.ResponseStream.MoveNext());
        seen.Add(watch.ResponseStream.Current.Status);
        foreach (ServingStatus status in new[] { ServingStatus.Serving, ServingStatus.NotServing })
        {
            health.SetStatus("later", status);
            Assert.True(await watch.ResponseStream.MoveNext());
            seen.Add(watch.ResponseStream.Current.Status);
        }

        health.ClearAll();
        Assert.True(await watch.ResponseStream.MoveNext());
        seen.Add(watch.ResponseStream.Current.Status);
        Assert.Equal([ServingStatus.ServiceUnknown, ServingStatus.Serving, ServingStatus.NotServing, ServingStatus.ServiceUnknown], seen);
    }

    [Fact]
    public async Task Reflection_ToolAsks_LearnsServicesAndTheirFiles()
    {
        await using TestServer server = await TestServer.StartAsync<InteropTestService>(
            services: services => services.AddGrpcReflection(), map: app => app.MapGrpcReflectionService());
        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo();

        ServerReflectionResponse list = await AskAsync(call, new ServerReflectionRequest { ListServices = "" });
        Assert.Equal(
            ["grpc.reflection.v1.ServerReflection", "grpc.testing.TestService"],
            list.ListServicesResponse.Service.Select(service => service.Name));

        foreach (string symbol in new[] { "grpc.testing.TestService", "grpc.testing.TestService.UnaryCall", "grpc.testing.SimpleRequest.payload" })
        {
            ServerReflectionResponse found = await AskAsync(call, new ServerReflectionRequest { FileContainingSymbol = symbol });
            FileDescriptorProto file = FileDescriptorProto.Parser.ParseFrom(Assert.Single(found.FileDescriptorResponse.FileDescriptorProto));
            Assert.Equal("grpc/testing/interop.proto", file.Name);
        }

        ServerReflectionResponse byName = await AskAsync(call, new ServerReflectionRequest { FileByFilename = "grpc/testing/interop.proto" });
        Assert.Single(byName.FileDescriptorResponse.FileDescriptorProto);
        ServerReflectionResponse none = await AskAsync(call, new ServerReflectionRequest { FileContainingSymbol = "no.such" });
        Assert.Equal((int)StatusCode.NotFound, none.ErrorResponse.ErrorCode);
        ServerReflectionResponse extension = await AskAsync(call, new ServerReflectionRequest { AllExtensionNumbersOfType = "x" });
        Assert.Equal((int)StatusCode.Unimplemented, extension.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task RichStatus_ThrownByTheHandler_ReachesTheClientWhole()
    {
        var status = new RpcStatus
        {
            Code = (int)StatusCode.InvalidArgument,
            Message = "3 records refused",
            Details =
            {
                Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "records.7.epoch", Description = "later than now" } } }),
                Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)) }),
            },
        };
        await using TestServer server = await TestServer.StartAsync(new ScriptedService { Unary = (_, _) => throw status.ToRpcException() });
        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () => await server.Client.UnaryCallAsync(new SimpleRequest()));
        Assert.Equal(new Status(StatusCode.InvalidArgument, "3 records refused"), exception.Status);
        Assert.Equal(status, exception.GetRpcStatus());
        Assert.Equal("records.7.epoch", exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations[0].Field);
        Assert.Null(exception.GetRpcStatus()!.GetDetail<QuotaFailure>());
    }

    [Fact]
    public void RichStatus_Damaged_IsNoneOrAnError()
    {
        var exception = new RpcException(new Status(StatusCode.Internal, ""), new Metadata { { "grpc-status-details-bin", new byte[] { 0xff } } });
        Assert.Null(exception.GetRpcStatus(ignoreParseError: true));
        Assert.Throws<Google.Protobuf.InvalidProtocolBufferException>(() => exception.GetRpcStatus());
    }

    private static async Task<ServerReflectionResponse> AskAsync(
        AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest request)
    {
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }
}
