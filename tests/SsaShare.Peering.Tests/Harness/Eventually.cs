namespace SsaShare.Peering.Tests;

/// <summary>Waits for what another thread is about to do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10), Step = TimeSpan.FromMilliseconds(2);

    public static async Task TrueAsync(Func<bool> condition, string otherwise)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Longest) Assert.Fail(otherwise);
            await Task.Delay(Step);
        }
    }

    /// <summary>Whether the task ends soon; a test that expects it not to can be certain only of what it saw.</summary>
    public static async Task<bool> EndsAsync(Task task, int withinMilliseconds = 50)
        => await Task.WhenAny(task, Task.Delay(withinMilliseconds)) == task;
}
