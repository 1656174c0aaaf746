using System.Diagnostics;

namespace SsaShare.Grpc.Tests.Interop;

/// <summary>A client or server in another language.</summary>
internal sealed class InteropProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private InteropProcess(Process process) => _process = process;

    /// <summary>Starts a server, which prints its port.</summary>
    public static async Task<(InteropProcess Server, int Port)> StartServerAsync(IReadOnlyList<string> command)
    {
        Process process = Start(command);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return int.TryParse(line, out int port)
            ? (new InteropProcess(process), port)
            : throw new InvalidOperationException($"{string.Join(' ', command)} printed no port: {line} {await errors}");
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>The exit code, and everything printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyList<string> command, string? folder = null)
    {
        using Process process = Start(command, folder);
        process.StandardInput.Close();
        using var tooLong = new CancellationTokenSource(Patience);
        await using CancellationTokenRegistration kill = tooLong.Token.Register(() => process.Kill(entireProcessTree: true));
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static Process Start(IReadOnlyList<string> command, string? folder = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
    }
}
