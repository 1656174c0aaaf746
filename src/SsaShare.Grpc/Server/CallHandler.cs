using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers the calls of one method.</summary>
internal abstract class CallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, MethodOptions options, ILogger logger)
    where TRequest : class
    where TResponse : class
{
    protected Action<TResponse, SerializationContext> Serialize { get; } = method.ResponseMarshaller.ContextualSerializer;

    protected Func<DeserializationContext, TRequest> Deserialize { get; } = method.RequestMarshaller.ContextualDeserializer;

    public async Task HandleAsync(HttpContext http)
    {
        if (!CallAdmission.TryAdmit(http))
        {
            return;
        }

        CallAdmission.LiftBodyLimits(http);
        using var context = new HttpContextCallContext(http, method, options);
        try
        {
            CallAdmission.ThrowIfStopping(http);
            context.StartDeadline();
            await RunAsync(context);
        }
        catch (Exception exception)
        {
            await context.EndAsync(ToStatus(exception, context));
        }
    }

    /// <summary>Runs the handler and ends the call when it returns normally.</summary>
    protected abstract Task RunAsync(HttpContextCallContext context);

    /// <summary>Reads the only request of a call.</summary>
    /// <exception cref="RpcException">Internal: there is none, or more than one.</exception>
    protected async Task<TRequest> ReadSingleAsync(HttpContextCallContext context)
    {
        FrameReader reader = context.CreateReader();
        TRequest? request = null;
        while (true)
        {
            if (reader.TryRead(Deserialize, out TRequest next))
            {
                request = request is null ? next : throw new RpcException(new Status(StatusCode.Internal, "More than one request arrived."));
            }
            else if (!await reader.FillAsync(context.CancellationToken))
            {
                return request ?? throw new RpcException(new Status(StatusCode.Internal, "The call has no request."));
            }
        }
    }

    /// <summary>Ends the call with its one response, if its status is OK.</summary>
    protected Task EndAsync(HttpContextCallContext context, TResponse? response)
        => context.Status.StatusCode != StatusCode.OK ? context.EndAsync(context.Status)
            : response is not null ? context.EndWithMessageAsync(response, Serialize)
            : throw new RpcException(new Status(StatusCode.Internal, "The handler returned no response."));

    private Status ToStatus(Exception exception, HttpContextCallContext context)
    {
        switch (exception)
        {
            case RpcException rpc:
                GrpcServerLog.CallRefused(logger, method.FullName, rpc.StatusCode, rpc.Status.Detail);
                foreach (Metadata.Entry entry in rpc.Trailers)
                {
                    context.ResponseTrailers.Add(entry);
                }

                return rpc.Status;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new Status(StatusCode.ResourceExhausted, "The request is longer than is taken.");
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                GrpcServerLog.CallAbandoned(logger, method.FullName, exception);
                return Status.DefaultCancelled;
            default:
                GrpcServerLog.HandlerFailed(logger, method.FullName, exception);
                return new Status(StatusCode.Unknown, options.DetailedErrors
                    ? $"The handler failed: {exception.GetType().Name}: {exception.Message}"
                    : "The handler failed.");
        }
    }
}
