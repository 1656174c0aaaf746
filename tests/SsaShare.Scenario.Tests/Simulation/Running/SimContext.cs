namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>One life of a process: what runs in it goes on in it, and nothing of it goes on when it is dead, as after kill -9.</summary>
internal sealed class SimContext(SimScheduler scheduler, string name) : SynchronizationContext
{
    public string Name => name;

    public SimScheduler Scheduler => scheduler;

    public bool IsAlive { get; private set; } = true;

    /// <summary>From now on no step of it runs. Its locks, finally blocks and answers are gone with it.</summary>
    public void Kill() => IsAlive = false;

    public override void Post(SendOrPostCallback d, object? state) => scheduler.Post(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing waits for another step.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Starts work in it. A failure of the work ends the run.</summary>
    public void Start(Func<Task> work) => Post(_ => Watch(work), null);

    /// <summary>Starts work in it, and does something with what comes of it wherever the caller is. Nothing comes of it when the life ends before.</summary>
    public Task<T> StartAsync<T>(Func<Task<T>> work)
    {
        var result = new TaskCompletionSource<T>();
        Start(async () =>
        {
            try
            {
                result.TrySetResult(await work());
            }
            catch (Exception e)
            {
                result.TrySetException(e);
            }
        });
        return result.Task;
    }

    private async void Watch(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            scheduler.Fail(e);
        }
    }
}
