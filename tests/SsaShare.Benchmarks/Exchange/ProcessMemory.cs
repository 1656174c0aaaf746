using System.Globalization;

namespace SsaShare.Benchmarks;

/// <summary>Memory of a process, from /proc.</summary>
internal static class ProcessMemory
{
    /// <summary>Megabytes (1e6 bytes) resident now ("VmRSS"), or at most so far ("VmHWM").</summary>
    public static double ReadMegabytes(int process, string figure)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).First(line => line.StartsWith(figure + ":", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
