using Grpc.Core;
using Polly.CircuitBreaker;

namespace SsaShare.Peering.Tests;

public sealed class PeerPipelineTests
{
    private static readonly StatusCode[] Transient =
        [StatusCode.Unavailable, StatusCode.DeadlineExceeded, StatusCode.ResourceExhausted, StatusCode.Aborted, StatusCode.Internal, StatusCode.Unknown];

    private readonly ManualTime _time = new();
    private readonly List<(string Reason, TimeSpan Delay)> _retries = [];

    public static TheoryData<StatusCode> Codes => [.. Enum.GetValues<StatusCode>()];

    [Theory, MemberData(nameof(Codes))]
    public void IsTransient_EachStatus_OnlyWhereWaitingHelps(StatusCode code)
        => Assert.Equal(Transient.Contains(code), PeerPipeline.IsTransient(Failure(code)));

    [Fact]
    public async Task Execute_RefusedCall_IsNotRepeated()
    {
        int calls = 0;
        await Assert.ThrowsAsync<RpcException>(() => RunAsync(() => throw Failure(calls++ == 0 ? StatusCode.PermissionDenied : StatusCode.Unavailable)));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Execute_PeerComesBack_TheCallSucceeds()
    {
        int calls = 0;
        var run = RunAsync(() => calls++ < 3 ? throw Failure(StatusCode.Unavailable) : Task.FromResult("answer"));
        await AdvanceUntilAsync(run);
        Assert.Equal("answer", await run);
        Assert.Equal(4, calls);
        Assert.Equal(3, _retries.Count);
    }

    [Fact]
    public async Task Execute_CallThatHangs_IsGivenUpAndRepeated()
    {
        int calls = 0;
        var run = RunAsync(async token =>
        {
            if (calls++ == 0) await Task.Delay(Timeout.Infinite, token);
            return "answer";
        });
        await AdvanceUntilAsync(run);
        Assert.Equal("answer", await run);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Execute_PeerStaysDown_CircuitOpensAndPausesStayBelowTheLongest()
    {
        using var stop = new CancellationTokenSource();
        var run = PeerPipeline.Build(Options, _time, OnRetry).ExecuteAsync<string>(_ => throw Failure(StatusCode.Unavailable), stop.Token).AsTask();
        await AdvanceUntilAsync(run, () => _retries.Count >= 20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Contains(_retries, retry => retry.Reason == nameof(BrokenCircuitException));
        Assert.All(_retries, retry => Assert.InRange(retry.Delay, TimeSpan.Zero, Options.RetryDelayMax));
    }

    private static PeerPipelineOptions Options { get; } = new()
    {
        CallTimeout = TimeSpan.FromSeconds(20),
        RetryDelay = TimeSpan.FromMilliseconds(200),
        RetryDelayMax = TimeSpan.FromSeconds(2),
        BreakDuration = TimeSpan.FromSeconds(5),
    };

    private static RpcException Failure(StatusCode code) => new(new Status(code, "test"));

    private Task<string> RunAsync(Func<Task<string>> call) => RunAsync(_ => call());

    private Task<string> RunAsync(Func<CancellationToken, Task<string>> call)
        => PeerPipeline.Build(Options, _time, OnRetry).ExecuteAsync(async token => await call(token), CancellationToken.None).AsTask();

    private void OnRetry(Exception? exception, int attempt, TimeSpan delay)
    {
        lock (_retries) _retries.Add((exception!.GetType().Name, delay));
    }

    /// <summary>Lets time pass while somebody waits for it.</summary>
    private Task AdvanceUntilAsync(Task run, Func<bool>? or = null)
        => Eventually.TrueAsync(() =>
        {
            if (_time.Pending.Count > 0) _time.Advance(TimeSpan.FromMilliseconds(500));
            return run.IsCompleted || or?.Invoke() == true;
        }, "the pipeline does not come to an end");
}
