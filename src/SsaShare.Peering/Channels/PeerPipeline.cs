using Grpc.Core;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace SsaShare.Peering;

/// <summary>How patient this node is with a peer: a time limit for each try, retries with jitter, and a circuit that opens for a peer that stays down.</summary>
public sealed class PeerPipelineOptions
{
    /// <summary>Longest wait for one answer beyond the long poll itself. Default 20 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>First pause before a retry; doubles with each, with jitter. Default 0.2 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause between retries. Default 10 s.</summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open circuit stays open. Default 5 s.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Numbers from 0 to 1, 1 excluded, from which jitter is made. No setting.</summary>
    internal Func<double> Jitter { get; set; } = Random.Shared.NextDouble;
}

/// <summary>Builds the Polly pipeline of one peer. One peer's circuit never opens another's.</summary>
public static class PeerPipeline
{
    /// <param name="onRetry">What failed, the number of the try from 0, and the pause before the next.</param>
    /// <param name="onCircuit">Told after a failure how the circuit is.</param>
    /// <param name="onTimeout">Told when a try took too long.</param>
    public static ResiliencePipeline Build(PeerPipelineOptions options, TimeProvider time, Action<Exception?, int, TimeSpan> onRetry, Action<CircuitState>? onCircuit = null, Action? onTimeout = null)
    {
        var circuit = new CircuitBreakerStateProvider();
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<RpcException>(IsTransient).Handle<TimeoutRejectedException>().Handle<BrokenCircuitException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = options.Jitter,
                Delay = options.RetryDelay,
                MaxDelay = options.RetryDelayMax,
                OnRetry = retry =>
                {
                    onRetry(retry.Outcome.Exception, retry.AttemptNumber, retry.RetryDelay);
                    // Asked for here: Polly tells of changes on a thread of its own.
                    onCircuit?.Invoke(circuit.CircuitState);
                    return default;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<RpcException>(IsTransient).Handle<TimeoutRejectedException>(),
                FailureRatio = 0.9,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = options.BreakDuration,
                StateProvider = circuit,
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                Timeout = options.CallTimeout,
                OnTimeout = _ =>
                {
                    onTimeout?.Invoke();
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Runs a call through a pipeline, and goes on where it came from.</summary>
    public static async Task<T> RunAsync<T>(this ResiliencePipeline pipeline, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        try
        {
            return await pipeline.ExecuteAsync(async inner => await CallAsync(call, inner.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>gRPC says in its own way that a call was cancelled; a time limit that has run out is told from a refusal by the exception alone.</summary>
    private static async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Status.Detail, e, cancellationToken);
        }
    }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public static bool IsTransient(RpcException exception)
        => exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.Internal or StatusCode.Unknown;
}
