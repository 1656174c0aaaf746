namespace SsaShare.Peering;

/// <summary>Waits for the first of several tasks and goes on where it came from; <see cref="Task.WhenAny(Task[])"/> may go by way of another thread.</summary>
internal static class FirstOf
{
    /// <summary>Completes when one of them has ended, whatever way.</summary>
    public static async Task EndsAsync(params Task[] tasks)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var task in tasks) _ = TellAsync(task);
        await ended.Task;

        async Task TellAsync(Task task)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            ended.TrySetResult();
        }
    }
}
