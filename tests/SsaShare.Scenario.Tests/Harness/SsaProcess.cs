using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SsaShare.Scenario.Tests;

/// <summary>The built `ssa` program as a process of its own. One that runs a node ends with this test process, however that ends.</summary>
public sealed class SsaProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(180), EndsWithin = TimeSpan.FromSeconds(240);
    private static readonly string Host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private bool _isDisposed;

    private SsaProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Everything it has written so far, standard output and error by line.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts "ssa WORDS" and returns at once.</summary>
    public static SsaProcess Start(IEnumerable<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Describe(words, environment);
        start.Environment["SSA_STOP_ON_STDIN_END"] = "1";
        return new SsaProcess(Process.Start(start)!);
    }

    /// <summary>Runs "ssa WORDS" to its end.</summary>
    public static async Task<ProgramEnd> RunAsync(IEnumerable<string> words, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Process.Start(Describe(words, environment))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(EndsWithin);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"ssa {string.Join(' ', words)} did not end within {EndsWithin.TotalSeconds} s.");
        }
        return new ProgramEnd(process.ExitCode, await output, await errors);
    }

    /// <exception cref="InvalidOperationException">It ended or took too long; the message has the end of what it wrote.</exception>
    public async Task WaitReadyAsync()
    {
        var first = await Task.WhenAny(_ready.Task, _reading, Task.Delay(ReadyWithin));
        if (first != _ready.Task) throw new InvalidOperationException($"ssa {string.Join(' ', _process.StartInfo.ArgumentList.Skip(1))} is not ready:\n{string.Join('\n', _lines.TakeLast(15))}");
    }

    /// <summary>Ends it as a power cut would: SIGKILL, no handler runs.</summary>
    /// <exception cref="InvalidOperationException">It had ended by itself.</exception>
    public async Task KillAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"It ended by itself with code {_process.ExitCode}:\n{string.Join('\n', _lines.TakeLast(15))}");
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    /// <summary>Whether a log line with this permanent event id, and this text in its message, was written.</summary>
    public bool HasLogged(int eventId, string text = "") => _lines.Any(line => IsEvent(line, eventId) && line.Contains(text, StringComparison.Ordinal));

    /// <summary>Waits for it: what a process does for itself is told in its own time.</summary>
    public Task LoggedAsync(int eventId, string text = "")
        => Eventually.TrueAsync(() => Task.FromResult(HasLogged(eventId, text)), $"event {eventId} {text}", () => string.Join('\n', _lines.TakeLast(15)));

    public int CountLogged(int eventId) => _lines.Count(line => IsEvent(line, eventId));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        if (!_process.HasExited) _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        await _reading;
        _process.Dispose();
    }

    private static ProcessStartInfo Describe(IEnumerable<string> words, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(Host, [Path.Combine(AppContext.BaseDirectory, "ssa.dll"), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return start;
    }

    private static bool IsEvent(string line, int eventId)
    {
        if (!line.StartsWith('{')) return false;
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("EventId", out var id) && id.GetInt32() == eventId;
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            if (line == "ready") _ready.TrySetResult();
        }
    }
}

/// <summary>How a program ended.</summary>
public sealed record ProgramEnd(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}
