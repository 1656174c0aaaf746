using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Sends the messages of one direction of a call.</summary>
/// <remarks>
/// The caller frames into one buffer while the other is on its way: a lone message leaves at once, messages that come faster
/// than they leave share a write. At <see cref="FullBytes"/> the caller waits, so that a slow receiver holds a fast sender back.
/// The lock guards all fields; the sink is used by one thread at a time, the pump.
/// </remarks>
/// <param name="sink">Writes bytes and flushes them; completes when the receiver has room for more.</param>
internal sealed class FramePump(Func<ReadOnlyMemory<byte>, ValueTask> sink) : IThreadPoolWorkItem
{
    /// <summary>Waiting bytes from which on a writer waits.</summary>
    public const int FullBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private FrameBuffer _waiting = new();
    private FrameBuffer _leaving = new();
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _idle;
    private Exception? _failure;
    private bool _held;
    private bool _running;

    /// <param name="held">Whether messages wait until <see cref="Release"/>.</param>
    /// <param name="sink">As in the other constructor.</param>
    public FramePump(bool held, Func<ReadOnlyMemory<byte>, ValueTask> sink)
        : this(sink)
        => _held = held;

    /// <summary>Takes a message over. The task completes when there is room for the next.</summary>
    public Task WriteAsync<T>(T message, Action<T, SerializationContext> serialize, int? maxMessageBytes, MessageCompressor? compressor)
    {
        Task task;
        bool start;
        lock (_lock)
        {
            if (_failure is not null)
            {
                return Task.FromException(_failure);
            }

            if (_room is not null)
            {
                throw new InvalidOperationException("The previous write has not completed.");
            }

            _waiting.Append(message, serialize, maxMessageBytes, compressor);
            start = !_running && !_held;
            _running |= start;
            task = _waiting.Length < FullBytes
                ? Task.CompletedTask
                : (_room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        if (start && task.IsCompleted)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
        else if (start)
        {
            // This message fills the buffer by itself: nothing is gained by a second thread, as the writer would wait for it.
            _ = PumpAsync();
        }

        return task;
    }

    /// <summary>Lets held messages go.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _held = false;
            if (_running || _waiting.Length == 0 || _failure is not null)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Completes when everything written so far has left.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                return Task.FromException(_failure);
            }

            return _running || _waiting.Length > 0
                ? (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    /// <summary>Refuses further messages and drops those that wait. Whoever waits gets the exception.</summary>
    /// <returns>Whether no write is under way, so that the sink is free.</returns>
    public bool Stop(Exception failure)
    {
        TaskCompletionSource? room, idle;
        bool free;
        lock (_lock)
        {
            _failure ??= failure;
            failure = _failure;
            (room, idle) = (_room, _idle);
            (_room, _idle) = (null, null);
            _waiting.Clear();
            free = !_running;
        }

        Fail(room, failure);
        Fail(idle, failure);
        return free;
    }

    void IThreadPoolWorkItem.Execute() => _ = PumpAsync();

    private async Task PumpAsync()
    {
        try
        {
            while (TakeWaiting())
            {
                await sink(_leaving.Memory);
                _leaving.Clear();
            }
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _running = false;
            }

            Stop(exception);
        }
    }

    /// <summary>Swaps the buffers and lets the writer on; false, and the pump is over, when nothing waits.</summary>
    private bool TakeWaiting()
    {
        TaskCompletionSource? done;
        bool more;
        lock (_lock)
        {
            more = _waiting.Length > 0;
            if (more)
            {
                (_waiting, _leaving) = (_leaving, _waiting);
                (done, _room) = (_room, null);
            }
            else
            {
                _running = false;
                (done, _idle) = (_idle, null);
            }
        }

        done?.TrySetResult();
        return more;
    }

    private static void Fail(TaskCompletionSource? waiter, Exception failure)
    {
        if (waiter is not null && waiter.TrySetException(failure))
        {
            _ = waiter.Task.Exception;
        }
    }
}
