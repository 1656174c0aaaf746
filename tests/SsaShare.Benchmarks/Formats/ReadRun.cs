using System.Diagnostics;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Benchmarks;

/// <summary>How a file was read: in a process of its own, so that its memory is that of the reading.</summary>
internal sealed record ReadRun(long Bytes, long Records, double Seconds, double PeakMegabytes)
{
    public const string Word = "formats-read";
    private const int Rounds = 3;

    /// <exception cref="InvalidOperationException">It was not read whole.</exception>
    public static ReadRun InProcess(string format, string path)
    {
        string own = typeof(ReadRun).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [own, Word, format, path] : [Word, format, path]) { RedirectStandardOutput = true })!;
        string[] words = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{format} was not read whole.");
        return new ReadRun(new FileInfo(path).Length, long.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture));
    }

    /// <summary>In that process: the best of three rounds, the format told by the content.</summary>
    public static int Run(string name, string path)
    {
        double best = double.MaxValue;
        long records = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var began = Environment.CpuUsage.TotalTime;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
            using var source = FormatSource.Open(file);
            var format = FormatCatalog.Default.Recognise(source, path, out var issue);
            if (format?.Name != name)
            {
                Console.Error.WriteLine(issue?.ToString() ?? $"taken for {format!.Name}");
                return 1;
            }
            var work = new FileWork(source, format, new FormatReadOptions { FileName = path, Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()) }, issue => Console.Error.WriteLine(issue));
            var counts = work.Validate();
            if (counts.Refused > 0 || counts.Read == 0) return 1;
            records = counts.Read;
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - began).TotalSeconds);
        }
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{records} {best} {ProcessMemory.ReadMegabytes(Environment.ProcessId, "VmHWM")}"));
        return 0;
    }
}
