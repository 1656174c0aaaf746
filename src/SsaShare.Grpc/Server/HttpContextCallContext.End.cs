using System.Buffers;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server;

/// <summary>How a call starts, is cut short by its deadline, and ends once: by its handler or by the deadline.</summary>
internal sealed partial class HttpContextCallContext : IDisposable
{
    private const int Http2Cancel = 0x8;

    /// <summary>How long a client may take to read the end of a call whose deadline has passed.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    private readonly Lock _endLock = new();
    private CancellationTokenSource? _deadlineCancellation;
    private CallDeadline? _deadlineTimer;
    private DateTime _deadlineUtc = DateTime.MaxValue;
    private Task _endedByDeadline = Task.CompletedTask;
    private bool _ended;
    private bool _deadlinePassed;

    protected override DateTime DeadlineCore => _deadlineUtc;

    protected override CancellationToken CancellationTokenCore => _deadlineCancellation?.Token ?? Http.RequestAborted;

    /// <exception cref="RpcException">Internal: the timeout is malformed.</exception>
    public void StartDeadline()
    {
        if (Http.Request.Headers[GrpcProtocol.TimeoutHeader] is not [{ } text])
        {
            return;
        }

        if (!GrpcTimeout.TryParse(text, out TimeSpan timeout))
        {
            throw new RpcException(new Status(StatusCode.Internal, "The value of grpc-timeout is malformed."));
        }

        DateTime now = DateTime.UtcNow;
        _deadlineUtc = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
        _deadlineCancellation = CancellationTokenSource.CreateLinkedTokenSource(Http.RequestAborted);
        _deadlineTimer = new CallDeadline(_deadlineUtc, OnDeadline);
        _deadlineTimer.Start();
    }

    /// <summary>Ends a call with its one response. Message and status leave together.</summary>
    public Task EndWithMessageAsync<T>(T message, Action<T, SerializationContext> serialize)
    {
        var frame = new FrameBuffer();
        try
        {
            frame.Append(message, serialize, Options.MaxSendMessageBytes, CompressorForNextMessage());
            if (!TryEnd())
            {
                return _endedByDeadline;
            }

            SetResponseHeaders();
            Http.Response.BodyWriter.Write(frame.Memory.Span);
            WriteStatus(Status);
            return Task.CompletedTask;
        }
        finally
        {
            frame.Clear();
        }
    }

    /// <summary>Ends a call with a status, after the messages that were written.</summary>
    public async Task EndAsync(Status status)
    {
        if (!TryEnd())
        {
            await _endedByDeadline;
            return;
        }

        if (_pump is not null)
        {
            try
            {
                await _pump.DrainAsync();
            }
            catch (Exception exception) when (Http.RequestAborted.IsCancellationRequested)
            {
                GrpcServerLog.ResponseLost(Http, exception);
                return;
            }
        }

        WriteStatus(status);
    }

    public void Dispose()
    {
        _deadlineTimer?.Dispose();
        _abortRegistration.Dispose();
        _deadlineCancellation?.Dispose();
    }

    /// <summary>True for the one that may end the call.</summary>
    private bool TryEnd()
    {
        lock (_endLock)
        {
            bool first = !_ended;
            _ended = true;
            return first;
        }
    }

    /// <summary>Tells the handler, and answers in its place: the client must not depend on how soon it listens.</summary>
    private void OnDeadline()
    {
        lock (_endLock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _deadlinePassed = true;
            _endedByDeadline = EndByDeadlineAsync();
        }
    }

    private async Task EndByDeadlineAsync()
    {
        // Leave the lock first: cancelling runs the handler's callbacks.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        bool writerFree = _pump?.Stop(new OperationCanceledException("The deadline of the call has passed.")) ?? true;
        Task cancelling = _deadlineCancellation!.CancelAsync();
        if (!writerFree || !await TryCompleteResponseAsync())
        {
            Http.Features.Get<IHttpResetFeature>()?.Reset(Http2Cancel);
        }

        await cancelling;
    }

    /// <summary>Sends the status; false when the client does not take what comes before it.</summary>
    private async Task<bool> TryCompleteResponseAsync()
    {
        WriteStatus(new Status(StatusCode.DeadlineExceeded, "The deadline of the call has passed."));
        try
        {
            await Http.Response.CompleteAsync().WaitAsync(LongestFarewell);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Sets the status as trailers, or, when nothing has been sent, as headers.</summary>
    private void WriteStatus(Status status)
    {
        IHeaderDictionary destination;
        if (_responseStarted)
        {
            destination = Http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        }
        else
        {
            Http.Response.ContentType = GrpcProtocol.ContentType;
            destination = Http.Response.Headers;
        }

        Metadata trailers = _responseTrailers ?? Metadata.Empty;
        if (!trailers.All(MetadataCodec.CanTravel))
        {
            trailers = Metadata.Empty;
            status = new Status(StatusCode.Internal, "The handler set a trailer whose text is not printable ASCII.");
        }

        foreach (Metadata.Entry entry in trailers)
        {
            if (!GrpcProtocol.IsReserved(entry.Key))
            {
                destination.Append(entry.Key, MetadataCodec.ValueOf(entry));
            }
        }

        destination[GrpcProtocol.StatusHeader] = StatusText.Encode(status.StatusCode);
        if (status.Detail.Length > 0)
        {
            destination[GrpcProtocol.MessageHeader] = PercentEncoding.Encode(status.Detail);
        }

        CallTelemetry.OnEnded(Http, method, status.StatusCode);
    }
}
