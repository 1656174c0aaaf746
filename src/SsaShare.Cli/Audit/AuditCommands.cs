using System.CommandLine;
using SsaShare.Exchange;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa audit ...</summary>
internal static class AuditCommands
{
    public static Command Create() => new("audit", "Export a node's exchange log and verify it offline.") { Export(), Verify() };

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
        var bundles = new Argument<FileInfo[]>("BUNDLE") { Description = "Evidence bundles.", Arity = ArgumentArity.OneOrMore };
        var cards = new Option<FileInfo[]>("--card") { Description = "Node cards that you got by another way and trust.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        return new Command("verify", "Verify evidence bundles offline: no node, no database, no network. Exit code 6 when one does not hold.\n\nExample:\n  ssa audit verify atlantic.evidence --card atlantic/node-card.json") { bundles, cards }
            .Does(async (parsed, cancellationToken) =>
            {
                var trusted = (parsed.GetValue(cards) ?? []).Select(card => OperatorClient.ReadCard(card.FullName)).ToList();
                bool good = true;
                foreach (var bundle in parsed.GetValue(bundles)!)
                {
                    AnsiConsole.MarkupLineInterpolated($"[bold]{bundle.Name}[/]");
                    try
                    {
                        using var reader = bundle.OpenText();
                        var report = await EvidenceVerifier.VerifyAsync(reader, trusted, cancellationToken);
                        Show(report);
                        good &= report.Succeeded;
                    }
                    catch (InvalidDataException e)
                    {
                        AnsiConsole.MarkupLineInterpolated($"  [red]FAILED[/]  form: {e.Message}");
                        good = false;
                    }
                }
                return good ? ExitCodes.Ok : throw new VerificationFailedException("The evidence does not hold: what failed is marked above.");
            });
    }

    internal static async Task ExportAsync(OperatorClient client, string path, CancellationToken cancellationToken)
    {
        string draft = $"{path}.part";
        await using (var file = File.Create(draft))
        {
            using var call = client.Admin.ExportEvidence(new(), cancellationToken: cancellationToken);
            while (await call.ResponseStream.MoveNext(cancellationToken)) await file.WriteAsync(call.ResponseStream.Current.Chunk.Memory, cancellationToken);
        }
        File.Move(draft, path, overwrite: true);
    }

    internal static void Show(EvidenceReport report)
    {
        foreach (var step in report.Steps)
            AnsiConsole.Write(new Markup($"  {(step.Succeeded ? "[green]ok[/]    " : "[red]FAILED[/]")}  {step.Name.EscapeMarkup()}: {step.Explanation.EscapeMarkup()}\n"));
        if (report.EntryCounts.Count > 0)
            AnsiConsole.Write(new Markup($"          entries: {string.Join(", ", report.EntryCounts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}")).EscapeMarkup()}\n"));
    }
}
