using System.Diagnostics;
using System.Globalization;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>Signals to processes that these tests started.</summary>
internal static class Signals
{
    /// <param name="signal">Its name without SIG.</param>
    /// <param name="process">Id of one that runs, or has just ended.</param>
    public static async Task SendAsync(string signal, int process)
    {
        using var kill = Process.Start(new ProcessStartInfo("sh", ["-c", "kill -\"$1\" \"$2\" 2>/dev/null", "sh", signal, process.ToString(CultureInfo.InvariantCulture)]))!;
        await kill.WaitForExitAsync();
    }
}
