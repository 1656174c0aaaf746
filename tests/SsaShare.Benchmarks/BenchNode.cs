using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>A real node process with a database of its own.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private const string Endpoint = "https://127.0.0.1:7199";
    private readonly Process _process;

    private BenchNode(Process process, TimeSpan start) => (_process, Start) = (process, start);

    public int ProcessId => _process.Id;

    /// <summary>From starting the process until it said that it is ready: its log opened and a checkpoint of it signed.</summary>
    public TimeSpan Start { get; }

    /// <summary>Makes a node's folder.</summary>
    public static async Task InitAsync(string folder, DatabaseConnections database)
    {
        using (var init = Run("node", "init", "--dir", folder, "--partner", "atlantic", "--endpoint", Endpoint))
        {
            await init.WaitForExitAsync();
            if (init.ExitCode != 0) throw new InvalidOperationException($"ssa node init ended with {init.ExitCode}: {await init.StandardError.ReadToEndAsync()}");
        }
        await File.WriteAllBytesAsync(Path.Combine(folder, "node.json"), JsonSerializer.SerializeToUtf8Bytes(new { Database = new { database.App, database.Owner } }));
    }

    /// <summary>Starts the node and waits until it is ready.</summary>
    public static async Task<BenchNode> StartAsync(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        var process = Run("node", "run", "--dir", folder);
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line == "ready") return new BenchNode(process, Stopwatch.GetElapsedTime(start));
            said.Add(line);
        }
        process.Dispose();
        throw new InvalidOperationException($"The node ended before it was ready: {string.Join('\n', said)}");
    }

    /// <summary>Megabytes (1e6 bytes) resident now ("VmRSS"), or at most so far ("VmHWM").</summary>
    public double ReadMegabytes(string figure)
    {
        string resident = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(figure + ":", StringComparison.Ordinal));
        return double.Parse(resident.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Run(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ssa.dll"), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["SSA_STOP_ON_STDIN_END"] = "1" },
        };
        var process = Process.Start(start)!;
        // What it prints is not looked at, but must not fill the pipe.
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
