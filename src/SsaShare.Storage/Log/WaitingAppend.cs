using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>One caller's events on their way into the log. Taken once: by the writer, or back by the caller.</summary>
internal sealed class WaitingAppend(IReadOnlyList<LogEvent> events)
{
    private readonly TaskCompletionSource<long> _firstIndex = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public IReadOnlyList<LogEvent> Events => events;

    /// <summary>Completes when the events are durable, or will not be.</summary>
    public Task<long> FirstIndex => _firstIndex.Task;

    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void TryCancel(CancellationToken cancellationToken)
    {
        if (TryTake()) _firstIndex.SetCanceled(cancellationToken);
    }

    public void Complete(long firstIndex) => _firstIndex.SetResult(firstIndex);

    public void Fail(Exception exception) => _firstIndex.SetException(exception);
}
