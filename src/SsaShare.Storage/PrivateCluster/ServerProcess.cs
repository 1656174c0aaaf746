using System.Diagnostics;

namespace SsaShare.Storage;

/// <summary>
/// A running server, tied to this process by a pipe: when the pipe closes, because it is asked to stop or because this process ended
/// in whatever way, the server shuts down.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    // The shell starts the server and waits for it; a subshell waits for the end of the pipe and then asks the server for a fast
    // shutdown (SIGINT). Arguments: log file, program, its arguments.
    private const string Script = """
        umask 077
        log=$1; shift
        if [ -f "$log" ] && [ "$(wc -c < "$log")" -gt 10000000 ]; then mv -f "$log" "$log.1"; fi
        exec 3<&0 </dev/null >>"$log" 2>&1
        "$@" 3<&- &
        server=$!
        { read -r line <&3; kill -INT "$server"; } 2>/dev/null &
        watch=$!
        exec 3<&-
        wait "$server"; code=$?
        kill "$watch" 2>/dev/null
        exit "$code"
        """;

    private readonly Process _shell;

    private ServerProcess(Process shell) => _shell = shell;

    public bool HasExited => _shell.HasExited;

    public static ServerProcess Start(ServerAccount account, ServerBinaries binaries, ClusterFolders folders, PrivateClusterOptions options)
    {
        // A session of its own: Ctrl-C at the terminal is for this process, which then stops the server in its turn.
        var info = ChildProgram.Describe(
            ["setsid", .. account.Prefix, "sh", "-c", Script, "ssa-postgres", folders.Log, binaries.Postgres, "-D", folders.Data, .. ServerSettings.Arguments(folders, options)],
            folders.Server);
        info.RedirectStandardInput = true;
        return new ServerProcess(ChildProgram.Start(info));
    }

    /// <summary>Asks for a fast shutdown and waits; kills the server when it takes too long.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        _shell.StandardInput.Close();
        using var patience = new CancellationTokenSource(timeout);
        try
        {
            await _shell.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _shell.Kill(entireProcessTree: true);
            await _shell.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _shell.Dispose();
}
