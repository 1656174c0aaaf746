namespace SsaShare.Scenario.Tests;

/// <summary>Waits for what other processes do.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Asks again until it is so.</summary>
    /// <exception cref="TimeoutException">It never was; the message says what the last answer was.</exception>
    public static async Task<T> IsAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, string what, Func<string>? detail = null)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (wanted(answer)) return answer;
            if (TimeProvider.System.GetElapsedTime(started) > Longest) throw new TimeoutException($"{what}: still {answer} after {Longest.TotalSeconds} s. {detail?.Invoke()}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static Task TrueAsync(Func<Task<bool>> ask, string what, Func<string>? detail = null) => IsAsync(ask, answer => answer, what, detail);
}
