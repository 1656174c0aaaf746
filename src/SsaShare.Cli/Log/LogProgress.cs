using System.Globalization;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>Says how far the verification of a log is, about once a second.</summary>
internal sealed class LogProgress(Action<string> say) : IProgress<TlogProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private long _last = TimeProvider.System.GetTimestamp();

    public static Task<TlogVerification> ShowAsync(string what, Func<IProgress<TlogProgress>, Task<TlogVerification>> work)
        => ProgressLine.ShowAsync(what, say => work(new LogProgress(say)));

    public void Report(TlogProgress value)
    {
        lock (_gate)
        {
            if (TimeProvider.System.GetElapsedTime(_last) < Interval) return;
            _last = TimeProvider.System.GetTimestamp();
        }
        say(string.Create(CultureInfo.InvariantCulture, $"{value.Entries:N0} of {value.Of:N0} entries"));
    }
}
