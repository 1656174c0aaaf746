using System.Diagnostics;
using System.Text.Json;
using SsaShare.Domain;

namespace SsaShare.Benchmarks;

/// <summary>Another program's SGP4 in a process of its own: told "near" or "deep", it propagates the scene once and says what that cost.</summary>
internal sealed class Sgp4Peer : IDisposable
{
    private readonly Process _process;

    private Sgp4Peer(Process process) => _process = process;

    /// <param name="Seconds">Of processor time.</param>
    /// <param name="Errors">States refused.</param>
    /// <param name="Position">Of the last satellite at the last time, TEME, km.</param>
    public sealed record Run(double Seconds, int Errors, double[] Position)
    {
        public Vector3d PositionKm => new(Position[0], Position[1], Position[2]);
    }

    /// <summary>
    /// The official C++ as the Python package sgp4 wraps it. SSA_SGP4_PEER names a folder that holds the package, where no interpreter has it compiled.
    /// </summary>
    /// <returns>Null where the package is not installed or has no compiled module, as Debian's of 2021.</returns>
    public static async Task<Sgp4Peer?> StartCppAsync(string root, string scene)
    {
        string script = Path.Combine(root, "tests/SsaShare.Benchmarks/Sgp4/peer.py"), own = Path.Combine(root, "artifacts/build/sgp4-peer/bin/python3");
        string? folder = Environment.GetEnvironmentVariable("SSA_SGP4_PEER");
        foreach (string python in (string[])[own, "python3", "/usr/bin/python3"])
            if (await TryStartAsync(python, [script, scene], folder) is { } peer) return peer;
        return null;
    }

    /// <summary>satellite.js, from npm.</summary>
    /// <returns>Null where Node.js or the package is not installed.</returns>
    public static Task<Sgp4Peer?> StartJavaScriptAsync(string root, string scene)
        => TryStartAsync("node", [Path.Combine(root, "tests/SsaShare.Benchmarks/Sgp4/peer.mjs"), scene], null);

    public async Task<Run> RunAsync(string group)
    {
        await _process.StandardInput.WriteLineAsync(group);
        await _process.StandardInput.FlushAsync();
        string? line = await _process.StandardOutput.ReadLineAsync();
        return line is null ? throw new InvalidOperationException("The other program has ended.") : JsonSerializer.Deserialize<Run>(line, JsonSerializerOptions.Web)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5_000)) _process.Kill();
        _process.Dispose();
    }

    /// <summary>Started and once run; what it says when it cannot goes to nobody, for another may be able to.</summary>
    private static async Task<Sgp4Peer?> TryStartAsync(string program, string[] arguments, string? pythonPath)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (pythonPath is not null) start.Environment["PYTHONPATH"] = pythonPath;
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        if (process is null) return null;
        process.BeginErrorReadLine();
        var peer = new Sgp4Peer(process);
        try
        {
            await peer.RunAsync("near");
            return peer;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            peer.Dispose();
            return null;
        }
    }
}
