using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The responses of a streaming call.</summary>
internal sealed class ResponseStream<TRequest, TResponse>(HttpCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private static readonly Task<bool> True = Task.FromResult(true);

    private TResponse? _current;
    private int _reading;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message.");

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            call.Cancel(CancelCause.Token);
        }
        else if (Volatile.Read(ref _reading) == 0 && call.Reader is { } reader && !call.Cancelled.IsCancellationRequested)
        {
            try
            {
                if (reader.TryRead(call.Deserialize, out TResponse message))
                {
                    _current = message;
                    return True;
                }
            }
            catch (Exception exception)
            {
                return Task.FromException<bool>(call.EndWith(exception));
            }
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
            using (cancellationToken.UnsafeRegister(static call => ((HttpCall)call!).Cancel(CancelCause.Token), call))
            {
                _current = await call.ReadNextAsync();
                return _current is not null;
            }
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
