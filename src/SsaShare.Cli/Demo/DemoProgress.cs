using System.Diagnostics;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>Says on standard error what is being done and how long it took.</summary>
internal sealed class DemoProgress
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly long _started = Stopwatch.GetTimestamp();

    public DemoProgress() => Terminals.Adapt(_console.Profile, Console.IsErrorRedirected);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public async Task<T> StepAsync<T>(string what, Func<Action<string>, Task<T>> step)
    {
        long started = Stopwatch.GetTimestamp();
        T result;
        if (_console.Profile.Capabilities.Interactive)
            result = await _console.Status().StartAsync(Markup.Escape(what), context => step(detail => context.Status(Markup.Escape($"{what}: {detail}"))));
        else
            result = await step(_ => { });
        _console.MarkupLineInterpolated($"[green]done[/] {what,-58} {Stopwatch.GetElapsedTime(started).TotalSeconds,6:0.0} s{(result is string text ? $"  {text}" : "")}");
        return result;
    }
}
