using System.CommandLine;
using Spectre.Console;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa peer keys: the keys that partners have had, each with its time.</summary>
internal static class PeerKeys
{
    public static Command Create()
    {
        var dir = NodeOptions.Dir();
        return new Command("keys", "Show the node cards that partners have had, from when on each counts, and why it changed; the node's own among them.\n\nExample:\n  ssa peer keys --dir atlantic") { dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var answer = await client.Admin.ListPartnerKeysAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                foreach (var partner in answer.Partners) Write(partner);
                return ExitCodes.Ok;
            });
    }

    private static void Write(PartnerKeys partner)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{partner.PartnerId}[/]");
        if (partner.Conflict.Length > 0) AnsiConsole.MarkupLineInterpolated($"[red]{partner.Conflict} No later key is believed: ask '{partner.PartnerId}' who has its recovery key.[/]");
        var table = new Table().Border(TableBorder.Simple).AddColumns("change", "valid from", "log beyond", "node card", "signing key", "reason");
        foreach (var card in partner.Cards)
            table.AddRow(card.Sequence == 0 ? "-" : $"{card.Sequence} {card.Action}", card.ValidFrom is null ? "-" : $"{card.ValidFrom.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}", card.Sequence == 0 ? "-" : $"{card.LogSize:N0}",
                card.NodeCardId[..16], card.SigningKeyId[..16], card.Reason.EscapeMarkup());
        AnsiConsole.Write(table);
    }
}
