using SsaShare.Exchange;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>Exports every node's log and verifies it offline.</summary>
internal static class DemoAudit
{
    public static async Task<bool> VerifyAsync(DemoFederation federation, CancellationToken cancellationToken)
    {
        var cards = federation.Partners.Select(partner => OperatorClient.ReadCard(partner.Folder.CardFile)).ToList();
        var reports = await federation.Progress.StepAsync("logs exported and verified offline", async say =>
        {
            var verified = new List<(string Partner, EvidenceReport Report)>();
            foreach (var partner in federation.Partners)
            {
                say(partner.Id);
                string file = federation.Folder.Evidence(partner.Id);
                await AuditCommands.ExportAsync(partner.Client, file, cancellationToken);
                using var reader = File.OpenText(file);
                verified.Add((partner.Id, await EvidenceVerifier.VerifyAsync(reader, cards, cancellationToken)));
            }
            return verified;
        });
        AnsiConsole.MarkupLine("\n[bold]Exchange logs[/]");
        foreach (var (partner, report) in reports)
        {
            AnsiConsole.MarkupLineInterpolated($" [bold]{partner}[/]");
            AuditCommands.Show(report);
        }
        return reports.All(one => one.Report.Succeeded);
    }
}
