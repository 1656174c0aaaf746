using System.ComponentModel;
using System.Diagnostics;

namespace SsaShare.Storage;

/// <summary>What a short-lived program printed and how it ended.</summary>
internal readonly record struct ProgramResult(int ExitCode, string Output, string Errors);

/// <summary>Runs system programs without a shell and without the caller's PostgreSQL variables.</summary>
internal static class ChildProgram
{
    public static ProcessStartInfo Describe(IEnumerable<string> command, string? folder = null)
    {
        string[] words = [.. command];
        var info = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, WorkingDirectory = folder ?? "/" };
        // PGDATA, PGHOST, PGOPTIONS and the like would lead the programs to another cluster.
        foreach (string name in info.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList()) info.Environment.Remove(name);
        return info;
    }

    /// <exception cref="PrivateClusterException">There is no such program.</exception>
    public static async Task<ProgramResult> RunAsync(IEnumerable<string> command, string? folder = null, CancellationToken cancellationToken = default)
    {
        var info = Describe(command, folder);
        (info.RedirectStandardOutput, info.RedirectStandardError) = (true, true);
        using var process = Start(info);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ProgramResult(process.ExitCode, await output, errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <exception cref="PrivateClusterException">There is no such program.</exception>
    public static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new PrivateClusterException($"Cannot run '{info.FileName}': {e.Message}.", e);
        }
    }
}
