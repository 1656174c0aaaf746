using System.Diagnostics;
using Spectre.Console;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>Shows on standard error how far a file is: a bar on a terminal, a line now and then elsewhere.</summary>
internal static class PublishProgress
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    /// <param name="name">Of the file.</param>
    /// <param name="bytes">Of the whole file; null where nobody knows.</param>
    /// <param name="work">Gets what tells how far it is.</param>
    public static async Task<T> ShowAsync<T>(string name, long? bytes, Func<Action<IngestProgress>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        Terminals.Adapt(console.Profile, Console.IsErrorRedirected);
        return console.Profile.Capabilities.Interactive ? await ShowBarAsync(console, name, bytes, work) : await ShowLinesAsync(name, bytes, work);
    }

    private static Task<T> ShowBarAsync<T>(IAnsiConsole console, string name, long? bytes, Func<Action<IngestProgress>, Task<T>> work)
        => console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, bytes ?? 1));
                bar.IsIndeterminate = bytes is null;
                return await work(progress =>
                {
                    if (bytes is not null) bar.Value = progress.ByteCount;
                    bar.Description = Markup.Escape($"{name}: {Text(progress)}");
                });
            });

    private static Task<T> ShowLinesAsync<T>(string name, long? bytes, Func<Action<IngestProgress>, Task<T>> work)
    {
        long last = Stopwatch.GetTimestamp();
        return work(progress =>
        {
            if (Stopwatch.GetElapsedTime(last) < LineInterval) return;
            last = Stopwatch.GetTimestamp();
            Console.Error.WriteLine($"{name}: {(bytes is > 0 ? $"{100.0 * progress.ByteCount / bytes.Value:N0} %, " : "")}{progress.ByteCount / 1e6:N1} MB, {Text(progress)}");
        });
    }

    private static string Text(IngestProgress progress) => $"{progress.AcceptedCount + progress.DuplicateCount:N0} records{(progress.RefusedCount > 0 ? $", {progress.RefusedCount:N0} refused" : "")}";
}
