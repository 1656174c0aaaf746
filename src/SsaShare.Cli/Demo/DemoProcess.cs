using System.Diagnostics;

namespace SsaShare.Cli;

/// <summary>One node of the demo as a process of its own. It stops when its standard input closes, hence also when this process dies.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _logging;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DemoProcess(Process process, string name, string logFile)
    {
        (_process, Name, LogFile) = (process, name, logFile);
        var log = TextWriter.Synchronized(new StreamWriter(File.Create(logFile)) { AutoFlush = true });
        _logging = Task.WhenAll(PumpAsync(process.StandardOutput, log), PumpAsync(process.StandardError, log)).ContinueWith(_ => log.Dispose(), TaskScheduler.Default);
    }

    public string Name { get; }
    public string LogFile { get; }
    public int Id => _process.Id;

    /// <summary>Starts "ssa WORDS" with this very program.</summary>
    public static DemoProcess Start(string name, string logFile, params IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // Started through the dotnet host the first argument is the program itself.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(DemoProcess).Assembly.Location);
        foreach (string word in words) start.ArgumentList.Add(word);
        start.Environment["SSA_STOP_ON_STDIN_END"] = "1";
        return new DemoProcess(Process.Start(start)!, name, logFile);
    }

    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has the end of its log.</exception>
    public async Task WaitReadyAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var ended = _process.WaitForExitAsync(cancellationToken);
        var first = await Task.WhenAny(_ready.Task, ended, Task.Delay(longest, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (first == _ready.Task) return;
        string tail = string.Join('\n', File.ReadLines(LogFile).TakeLast(5));
        throw new InvalidOperationException($"The node of {Name} {(first == ended ? $"ended with code {_process.ExitCode}" : "was not ready in time")}; its log {LogFile} ends:\n{tail}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        await _logging;
        _process.Dispose();
    }

    private async Task PumpAsync(StreamReader from, TextWriter log)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            if (line == "ready") _ready.TrySetResult();
            await log.WriteLineAsync(line);
        }
    }
}
