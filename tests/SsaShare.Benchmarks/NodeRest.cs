using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>Memory of a real node process that has nothing to do: resident set, after it has been ready and idle for a while.</summary>
internal static class NodeRest
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);
    private const string Endpoint = "https://127.0.0.1:7199";

    /// <returns>Megabytes (1e6 bytes) resident.</returns>
    public static async Task<double> MeasureMegabytesAsync(PrivateCluster cluster, string folder)
    {
        string node = Path.Combine(folder, "node");
        using (var init = Start("node", "init", "--dir", node, "--partner", "atlantic", "--endpoint", Endpoint))
        {
            await init.WaitForExitAsync();
            if (init.ExitCode != 0) throw new InvalidOperationException($"ssa node init ended with {init.ExitCode}: {await init.StandardError.ReadToEndAsync()}");
        }
        var database = await cluster.CreateDatabaseAsync("rest");
        await File.WriteAllBytesAsync(Path.Combine(node, "node.json"), JsonSerializer.SerializeToUtf8Bytes(new { Database = new { database.App, database.Owner } }));
        using var process = Start("node", "run", "--dir", node);
        try
        {
            while (await process.StandardError.ReadLineAsync() is { } line && line != "ready")
            {
            }
            await Task.Delay(Rest);
            string resident = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(resident.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            Directory.Delete(node, recursive: true);
        }
    }

    private static Process Start(params string[] words)
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
