using System.CommandLine;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa audit ...</summary>
internal static class AuditCommands
{
    public static Command Create() => new("audit", "Search and export a node's exchange log, verify it offline, and compare two.") { Export(), SearchCommand.Create(), Verify(), ReconcileCommand.Create() };

    private static Command Export()
    {
        var dir = NodeOptions.Dir();
        var output = new Option<FileInfo>("--out", "-o") { Description = "The evidence bundle to write.", Required = true, HelpName = "FILE" };
        return new Command("export", "Write the node's whole log, its cards and a fresh signed checkpoint into one evidence bundle.\n\nExample:\n  ssa audit export --dir atlantic --out atlantic.evidence") { dir, output }
            .Does(async (parsed, cancellationToken) =>
            {
                var file = parsed.GetValue(output)!;
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                await ExportAsync(client, file.FullName, cancellationToken);
                Console.WriteLine($"{file.FullName}  {new FileInfo(file.FullName).Length:N0} bytes");
                return ExitCodes.Ok;
            });
    }

    private static Command Verify()
    {
        var bundles = new Argument<FileInfo[]>("BUNDLE") { Description = "Evidence bundles; several are compared with each other too.", Arity = ArgumentArity.OneOrMore };
        var cards = new Option<FileInfo[]>("--card")
        {
            Description = "Node cards that you got by another way and trust. Once one is given, nobody else is believed: give one for each partner in the log.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        return new Command("verify", "Verify evidence bundles offline: no node, no database, no network. Exit code 6 when one does not hold.\n\nExample:\n  ssa audit verify atlantic.evidence pacific.evidence --card atlantic/node-card.json pacific/node-card.json") { bundles, cards }
            .Does(async (parsed, cancellationToken) =>
            {
                var trusted = (parsed.GetValue(cards) ?? []).Select(card => OperatorClient.ReadCard(card.FullName)).ToList();
                var audit = await VerifyAsync([.. parsed.GetValue(bundles)!.Select(bundle => (bundle.Name, bundle.FullName))], trusted, cancellationToken);
                Show(audit);
                return audit.Succeeded ? ExitCodes.Ok : throw new VerificationFailedException("The evidence does not hold: what failed is marked above.");
            });
    }

    /// <param name="bundles">Name for the report, and path.</param>
    internal static async Task<EvidenceAudit> VerifyAsync(IReadOnlyList<(string Name, string Path)> bundles, IReadOnlyCollection<SignedNodeCard> trusted, CancellationToken cancellationToken)
    {
        var sources = new List<EvidenceSource>();
        try
        {
            foreach (var (name, path) in bundles) sources.Add(new EvidenceSource(name, File.OpenRead(path)));
            return await EvidenceVerifier.VerifyAsync(sources, trusted, cancellationToken);
        }
        finally
        {
            foreach (var source in sources) source.Lines.Dispose();
        }
    }

    internal static async Task ExportAsync(OperatorClient client, string path, CancellationToken cancellationToken)
    {
        string draft = $"{path}.part";
        await using (var file = File.Create(draft))
        {
            using var call = client.Audit.ExportEvidence(new(), cancellationToken: cancellationToken);
            while (await call.ResponseStream.MoveNext(cancellationToken)) await file.WriteAsync(call.ResponseStream.Current.Chunk.Memory, cancellationToken);
        }
        File.Move(draft, path, overwrite: true);
    }

    internal static void Show(EvidenceAudit audit)
    {
        foreach (var report in audit.Bundles)
        {
            AnsiConsole.MarkupLineInterpolated($" [bold]{report.Name}[/]");
            Show(report.Steps, report.Notes);
            if (report.EntryCounts.Count > 0)
                AnsiConsole.Write(new Markup($"          entries: {string.Join(", ", report.EntryCounts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}")).EscapeMarkup()}\n"));
        }
        if (audit.Comparison.Count == 0) return;
        AnsiConsole.MarkupLine(" [bold]compared with each other[/]");
        Show(audit.Comparison, audit.Notes);
    }

    private static void Show(IReadOnlyList<VerificationStep> steps, IReadOnlyList<string> notes)
    {
        foreach (var step in steps)
            AnsiConsole.Write(new Markup($"  {(step.Succeeded ? "[green]ok[/]    " : "[red]FAILED[/]")}  {step.Name.EscapeMarkup()}: {step.Explanation.EscapeMarkup()}\n"));
        foreach (string note in notes) AnsiConsole.Write(new Markup($"  [yellow]note[/]    {note.EscapeMarkup()}\n"));
    }
}
