namespace Grpc.Core;

/// <summary>What the four kinds of call have in common; the functions belong to whoever made the call.</summary>
internal readonly struct CallState
{
    private readonly object? _headers;
    private readonly Delegate _getStatus;
    private readonly Delegate _getTrailers;
    private readonly Delegate _dispose;
    private readonly object? _state;

    public CallState(Task<Metadata> responseHeaders, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
    {
        _headers = responseHeaders;
        _getStatus = getStatus;
        _getTrailers = getTrailers;
        _dispose = dispose;
    }

    public CallState(
        Func<object, Task<Metadata>> responseHeaders,
        Func<object, Status> getStatus,
        Func<object, Metadata> getTrailers,
        Action<object> dispose,
        object state)
    {
        _headers = responseHeaders;
        _getStatus = getStatus;
        _getTrailers = getTrailers;
        _dispose = dispose;
        _state = state;
    }

    public Task<Metadata> ResponseHeaders
        => _headers as Task<Metadata> ?? ((Func<object, Task<Metadata>>)_headers!)(_state!);

    public Status GetStatus() => _getStatus is Func<Status> plain ? plain() : ((Func<object, Status>)_getStatus)(_state!);

    public Metadata GetTrailers() => _getTrailers is Func<Metadata> plain ? plain() : ((Func<object, Metadata>)_getTrailers)(_state!);

    public void Dispose()
    {
        if (_dispose is Action plain)
        {
            plain();
        }
        else
        {
            ((Action<object>)_dispose)(_state!);
        }
    }
}
