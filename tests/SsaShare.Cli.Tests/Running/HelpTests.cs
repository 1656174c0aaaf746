using System.CommandLine;
using System.CommandLine.Parsing;

namespace SsaShare.Cli.Tests.Running;

/// <summary>Every command that does something shows how, and what it shows is understood.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Walk(CommandTree.Create(), "ssa").Where(command => command.Command.Action is not null && command.Command is not RootCommand).Select(command => command.Path)];

    [Theory, MemberData(nameof(Commands))]
    public void Help_OfEachCommand_HasExamplesThatParseAsThatCommand(string path)
    {
        var (_, command) = Walk(CommandTree.Create(), "ssa").Single(one => one.Path == path);
        string[] examples = [.. (command.Description ?? "").Split('\n').Where(line => line.StartsWith("  ssa ", StringComparison.Ordinal)).Select(line => line.Trim())];
        Assert.NotEmpty(examples);
        Assert.Contains(examples, example => example == path || example.StartsWith($"{path} ", StringComparison.Ordinal));
        foreach (string example in examples)
        {
            var parsed = CommandTree.Create().Parse([.. CommandLineParser.SplitCommandLine(example).Skip(1)]);
            Assert.Empty(parsed.Errors);
            Assert.NotNull(parsed.CommandResult.Command.Action);
        }
    }

    [Fact]
    public void Help_OfEveryArgumentAndOption_SaysWhatItIs()
        => Assert.Empty(Walk(CommandTree.Create(), "ssa").SelectMany(one => one.Command.Arguments.Cast<Symbol>().Concat(one.Command.Options).Where(symbol => string.IsNullOrWhiteSpace(symbol.Description)).Select(symbol => $"{one.Path} {symbol.Name}")));

    [Fact]
    public void Commands_OfTheProgram_AreThese()
        => Assert.Equal(
            ["ssa agreement diff", "ssa agreement explain", "ssa agreement list", "ssa agreement new", "ssa agreement propose", "ssa agreement resume", "ssa agreement revoke", "ssa agreement show", "ssa agreement sign", "ssa agreement simulate",
             "ssa agreement suspend", "ssa agreement validate",
             "ssa audit export", "ssa audit reconcile", "ssa audit search", "ssa audit verify",
             "ssa auditor add", "ssa auditor key", "ssa auditor list", "ssa auditor remove",
             "ssa catalog check", "ssa catalog conjunction", "ssa catalog conjunctions", "ssa catalog list",
             "ssa catalog show", "ssa convert", "ssa decay", "ssa demo", "ssa demo reset", "ssa exchange export", "ssa exchange import", "ssa exchange pause", "ssa exchange request", "ssa exchange restart", "ssa exchange resume", "ssa exchange retry", "ssa exchange status", "ssa formats", "ssa formats report", "ssa formats tables", "ssa fusion run", "ssa key generate", "ssa key import-pkcs11", "ssa key protect", "ssa key show", "ssa key unprotect",
             "ssa log check-proof", "ssa log export", "ssa log prove", "ssa log verify", "ssa maneuvers",
             "ssa node init", "ssa node restored", "ssa node revoke", "ssa node rotate", "ssa node run", "ssa node status", "ssa od", "ssa pc", "ssa peer add", "ssa peer keys", "ssa plot bplane", "ssa plot covariance", "ssa plot groundtrack", "ssa plot residuals", "ssa propagate", "ssa publish", "ssa quarantine dismiss", "ssa quarantine list", "ssa quarantine mend", "ssa quarantine replay", "ssa quarantine show", "ssa record correct", "ssa record notices", "ssa record recall", "ssa record show", "ssa record withdraw", "ssa screen", "ssa sensor publish", "ssa validate",
             "ssa witness check-conflict", "ssa witness checkpoints", "ssa witness conflicts", "ssa witness forgive", "ssa witness status"],
            Commands.Select(row => row.Data).Order(StringComparer.Ordinal));

    private static IEnumerable<(string Path, Command Command)> Walk(Command command, string path)
        => command.Subcommands.SelectMany(sub => Walk(sub, $"{path} {sub.Name}")).Prepend((path, command));
}
