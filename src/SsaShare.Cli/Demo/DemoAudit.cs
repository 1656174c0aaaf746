using SsaShare.Exchange;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>Exports every node's log, verifies each offline and compares them.</summary>
internal static class DemoAudit
{
    public static async Task<bool> VerifyAsync(DemoFederation federation, CancellationToken cancellationToken)
    {
        var cards = federation.Partners.Select(partner => OperatorClient.ReadCard(partner.Folder.CardFile)).ToList();
        var audit = await federation.Progress.StepAsync("logs exported, verified offline and compared", async say =>
        {
            var bundles = new List<(string Name, string Path)>();
            foreach (var partner in federation.Partners)
            {
                say(partner.Id);
                string file = federation.Folder.Evidence(partner.Id);
                await ExportCommand.ExportAsync(partner.Client, new(), file, _ => { }, cancellationToken);
                bundles.Add((partner.Id, file));
            }
            return await VerifyCommand.VerifyAsync(bundles, new EvidenceTrust(cards), cancellationToken);
        });
        AnsiConsole.MarkupLine("\n[bold]Exchange logs[/]");
        VerifyCommand.Show(audit);
        return audit.Succeeded;
    }
}
