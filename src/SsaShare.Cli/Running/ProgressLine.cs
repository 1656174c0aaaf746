using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>Says on standard error how far long work is: on a terminal in one line that changes, elsewhere line by line.</summary>
internal static class ProgressLine
{
    /// <param name="what">What is being done.</param>
    /// <param name="work">Gets what tells how far it is.</param>
    public static async Task<T> ShowAsync<T>(string what, Func<Action<string>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        Terminals.Adapt(console.Profile, Console.IsErrorRedirected);
        return console.Profile.Capabilities.Interactive
            ? await console.Status().StartAsync(Markup.Escape(what), context => work(detail => context.Status(Markup.Escape($"{what}: {detail}"))))
            : await work(detail => Console.Error.WriteLine($"{what}: {detail}"));
    }
}
