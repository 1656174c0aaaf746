using System.Diagnostics;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>Shows on standard error how far a file is: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class FileProgress
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    /// <param name="name">Of the file.</param>
    /// <param name="bytes">Of the whole file; null where nobody knows.</param>
    /// <param name="work">Gets what tells how far it is.</param>
    public static async Task<T> ShowAsync<T>(string name, long? bytes, Func<Action<FileStep>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        Terminals.Adapt(console.Profile, Console.IsErrorRedirected);
        return console.Profile.Capabilities.Interactive ? await ShowBarAsync(console, name, bytes, work) : await ShowLinesAsync(name, bytes, work);
    }

    private static Task<T> ShowBarAsync<T>(IAnsiConsole console, string name, long? bytes, Func<Action<FileStep>, Task<T>> work)
        => console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, bytes ?? 1));
                bar.IsIndeterminate = bytes is null;
                return await work(step =>
                {
                    if (bytes is not null) bar.Value = step.Bytes;
                    bar.Description = Markup.Escape($"{name}: {step.Text}");
                });
            });

    private static Task<T> ShowLinesAsync<T>(string name, long? bytes, Func<Action<FileStep>, Task<T>> work)
    {
        long last = Stopwatch.GetTimestamp();
        return work(step =>
        {
            if (Stopwatch.GetElapsedTime(last) < LineInterval) return;
            last = Stopwatch.GetTimestamp();
            Console.Error.WriteLine($"{name}: {(bytes is > 0 ? $"{100.0 * step.Bytes / bytes.Value:N0} %, " : "")}{step.Bytes / 1e6:N1} MB, {step.Text}");
        });
    }
}

/// <param name="Bytes">Of the file, so far.</param>
/// <param name="Text">What came of them.</param>
internal readonly record struct FileStep(long Bytes, string Text);
