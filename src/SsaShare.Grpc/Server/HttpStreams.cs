using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>The requests of a streaming call.</summary>
internal sealed class HttpRequestStream<T>(HttpContextCallContext context, Func<DeserializationContext, T> deserialize) : IAsyncStreamReader<T>
    where T : class
{
    private static readonly Task<bool> True = Task.FromResult(true);

    private readonly FrameReader _reader = context.CreateReader();
    private T? _current;
    private int _reading;

    public T Current => _current ?? throw new InvalidOperationException("There is no current message.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _reading) == 0 && !cancellationToken.IsCancellationRequested && _reader.TryRead(deserialize, out T message))
        {
            _current = message;
            return True;
        }

        return MoveNextAsync(cancellationToken);
    }

    private async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _reading, 1) != 0)
        {
            throw new InvalidOperationException("The previous read has not completed.");
        }

        try
        {
            using CancellationTokenSource? both = cancellationToken.CanBeCanceled
                ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.CancellationToken)
                : null;
            T? message;
            while (!_reader.TryRead(deserialize, out message))
            {
                if (!await _reader.FillAsync(both?.Token ?? context.CancellationToken))
                {
                    _current = null;
                    return false;
                }
            }

            _current = message;
            return true;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}

/// <summary>The responses of a streaming call.</summary>
internal sealed class HttpResponseStream<T>(HttpContextCallContext context, Action<T, SerializationContext> serialize) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions
    {
        get => context.WriteOptions;
        set => context.WriteOptions = value;
    }

    public Task WriteAsync(T message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return context.WriteAsync(message, serialize);
    }

    /// <summary>Cancelling ends the wait for room; the message may still be sent.</summary>
    public Task WriteAsync(T message, CancellationToken cancellationToken)
        => cancellationToken.IsCancellationRequested
            ? Task.FromCanceled(cancellationToken)
            : WriteAsync(message).WaitAsync(cancellationToken);
}
