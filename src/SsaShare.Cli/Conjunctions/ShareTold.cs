using System.Diagnostics;
using System.Globalization;

namespace SsaShare.Cli;

/// <summary>Tells how much of long work is done, on a terminal often and elsewhere every ten seconds. Safe for concurrent use.</summary>
internal sealed class ShareTold(Action<string> say) : IProgress<double>
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(Console.IsErrorRedirected ? 10 : 0.2);
    private readonly Lock _gate = new();
    private long _last = Stopwatch.GetTimestamp();

    public void Report(double value)
    {
        lock (_gate)
        {
            if (Stopwatch.GetElapsedTime(_last) < _interval) return;
            _last = Stopwatch.GetTimestamp();
            say(value.ToString("P0", CultureInfo.InvariantCulture));
        }
    }
}
