using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>What ended a call from this side.</summary>
internal enum CancelCause
{
    None,
    Token,
    Deadline,
    Disposed,
    ChannelDisposed,
}

/// <summary>The life of one call: it starts, may be cancelled, and ends once with a status and trailers.</summary>
/// <remarks>The lock guards the fields from <c>_cause</c> on.</remarks>
internal abstract partial class HttpCall : IDisposable
{
    public static readonly Func<object, Task<Metadata>> HeadersOf = static call => ((HttpCall)call).ResponseHeadersAsync();
    public static readonly Func<object, Status> StatusOf = static call => ((HttpCall)call).GetStatus();
    public static readonly Func<object, Metadata> TrailersOf = static call => ((HttpCall)call).GetTrailers();
    public static readonly Action<object> DisposeOf = static call => ((HttpCall)call).Dispose();

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenRegistration _byToken;
    private readonly CancellationTokenRegistration _byChannel;
    private readonly CallDeadline? _deadline;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancelCause _cause;
    private bool _ended;
    private Status _status;
    private Metadata? _trailers;
    private TaskCompletionSource<Metadata>? _headersWaiter;
    private HttpResponseMessage? _response;

    protected HttpCall(GrpcChannel channel, CallOptions options)
    {
        Channel = channel;
        Options = options;
        _byChannel = channel.Closed.UnsafeRegister(static call => ((HttpCall)call!).Cancel(CancelCause.ChannelDisposed), this);
        if (options.CancellationToken.CanBeCanceled)
        {
            _byToken = options.CancellationToken.UnsafeRegister(static call => ((HttpCall)call!).Cancel(CancelCause.Token), this);
        }

        if (options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            _deadline = new CallDeadline(deadline, () => Cancel(CancelCause.Deadline));
            _deadline.Start();
        }
    }

    /// <summary>Set when this side gives the call up.</summary>
    public CancellationToken Cancelled => _cancellation.Token;

    /// <summary>Completes when the call has ended.</summary>
    public Task Ended => _end.Task;

    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _ended;
            }
        }
    }

    public bool EndedWithOk
    {
        get
        {
            lock (_lock)
            {
                return _ended && _status.StatusCode == StatusCode.OK;
            }
        }
    }

    protected GrpcChannel Channel { get; }

    protected CallOptions Options { get; }

    /// <summary>The time left for the call; null without a deadline.</summary>
    protected TimeSpan? TimeLeft => _deadline?.TimeLeft;

    /// <summary>Gives the call up, if it has not ended yet.</summary>
    public void Cancel(CancelCause cause)
    {
        lock (_lock)
        {
            if (_ended || _cause != CancelCause.None)
            {
                return;
            }

            _cause = cause;
        }

        End(CallFailure.ForCause(cause, null), []);
        _cancellation.Cancel();
    }

    /// <summary>Gives up what has not arrived. A call that has ended stays as it ended.</summary>
    public void Dispose() => Cancel(CancelCause.Disposed);

    /// <summary>Ends the call, if it has not ended yet.</summary>
    protected void End(Status status, Metadata trailers)
    {
        TaskCompletionSource<Metadata>? headersWaiter;
        HttpResponseMessage? response;
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _status = status;
            _trailers = trailers;
            (headersWaiter, _headersWaiter) = (_headersWaiter, null);
            response = _response;
        }

        _byToken.Unregister();
        _byChannel.Unregister();
        _deadline?.Dispose();
        headersWaiter?.TrySetException(ToException());
        OnEnded();
        _end.TrySetResult();
        response?.Dispose();
    }

    /// <summary>Ends the call because of an exception.</summary>
    /// <returns>The exception that the caller sees.</returns>
    public Exception EndWith(Exception exception)
    {
        CancelCause cause;
        lock (_lock)
        {
            cause = _cause;
        }

        if (exception is RpcException rpc)
        {
            End(rpc.Status, rpc.Trailers);
        }
        else
        {
            if (cause == CancelCause.None && _deadline is { TimeLeft.Ticks: <= 0 })
            {
                cause = CancelCause.Deadline;
            }

            End(cause == CancelCause.None ? CallFailure.ToStatus(exception) : CallFailure.ForCause(cause, exception), []);
        }

        _cancellation.Cancel();
        return ToException();
    }

    /// <summary>The exception for the status that the call ended with.</summary>
    public Exception ToException()
    {
        lock (_lock)
        {
            var exception = new RpcException(_status, _trailers ?? []);
            return Channel.ThrowOperationCanceledOnCancellation && _cause is (CancelCause.Token or CancelCause.Deadline)
                ? new OperationCanceledException(_status.Detail, exception, Options.CancellationToken)
                : exception;
        }
    }

    /// <summary>Called once, when the call has ended.</summary>
    protected virtual void OnEnded()
    {
    }

    private Status GetStatus()
    {
        lock (_lock)
        {
            return _ended ? _status : throw new InvalidOperationException("The call has no status before it has ended.");
        }
    }

    private Metadata GetTrailers()
    {
        lock (_lock)
        {
            return _ended ? _trailers! : throw new InvalidOperationException("The call has no trailers before it has ended.");
        }
    }
}
