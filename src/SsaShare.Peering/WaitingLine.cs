namespace SsaShare.Peering;

/// <summary>
/// Lets one in at a time, in the order in which they came. Who had to wait goes on where it came from: a wait for <see cref="SemaphoreSlim"/>
/// that can be cancelled goes on wherever it likes, and then nobody can run a node on one thread and see the same happen twice.
/// </summary>
public sealed class WaitingLine : IDisposable
{
    private readonly Lock _lock = new();

    // Guarded by the lock, as are the two flags.
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private bool _isTaken, _isDisposed;

    /// <summary>Completes when it is the caller's turn, which ends with <see cref="Leave"/>.</summary>
    /// <param name="cancellationToken">Ends the wait; who has not entered does not leave.</param>
    /// <exception cref="ObjectDisposedException">Nobody is let in any more.</exception>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        TaskCompletionSource turn;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_isTaken)
            {
                _isTaken = true;
                return Task.CompletedTask;
            }
            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }
        return WaitAsync(turn, cancellationToken);
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
                if (next.TrySetResult()) return;
            _isTaken = false;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            while (_waiting.TryDequeue(out var next)) next.TrySetException(new ObjectDisposedException(nameof(WaitingLine)));
        }
    }

    private static async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        await using var cancelled = cancellationToken.UnsafeRegister(_ => turn.TrySetCanceled(cancellationToken), null);
        await turn.Task;
    }
}
