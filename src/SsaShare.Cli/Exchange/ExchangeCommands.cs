using System.CommandLine;
using Google.Protobuf;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa exchange ...: how records flow between this node and its peers, and the operator's hand on it.</summary>
internal static class ExchangeCommands
{
    public static Command Create()
    {
        var exchange = new Command("exchange", "See how records flow between this node and its peers; pause, resume, retry and restart; carry them in files where no network is.") { Status(), Pause(), Resume(), Retry(), Restart() };
        foreach (var transfer in TransferCommands.Create()) exchange.Add(transfer);
        return exchange;
    }

    private static Command Status()
    {
        var dir = NodeOptions.Dir();
        var json = new Option<bool>("--json") { Description = "As one JSON document, with everything that the node tells." };
        const string Description = "Show the exchange with each peer in both directions: where the reader stands, how far behind it is, what the provider's last signed word was, the last error and the next try.\n\n"
            + "A provider's word is one of: given, nothing to report, withheld, more to come, denied (signed as well), cut off (nothing signed has come for longer than an answer takes).\n\n"
            + "Examples:\n  ssa exchange status --dir atlantic\n  ssa exchange status --dir atlantic --json";
        return new Command("status", Description) { dir, json }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var answer = await client.Admin.GetExchangeAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                if (parsed.GetValue(json)) Console.WriteLine(ExchangeJson.Write(answer));
                else
                    foreach (string line in ExchangeText.Lines(answer, TimeProvider.System.GetUtcNow())) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }

    private static Command Pause()
        => Change("pause", "Stop the exchange with a peer in both directions until it is resumed, across restarts. Calls under way are broken off; the peer is told by a signed denial, and the log holds it.", async (client, peer, agreement, cancellationToken) =>
        {
            var answer = await client.Admin.PauseExchangeAsync(new PauseExchangeRequest { PeerId = peer, AgreementId = agreement }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
            return answer.IsChanged ? $"The exchange with '{peer}' is paused." : $"The exchange with '{peer}' was paused already.";
        });

    private static Command Resume()
        => Change("resume", "Go on with an exchange that was paused. Name the peer and agreement as they were paused.", async (client, peer, agreement, cancellationToken) =>
        {
            var answer = await client.Admin.ResumeExchangeAsync(new ResumeExchangeRequest { PeerId = peer, AgreementId = agreement }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
            return answer.IsChanged ? $"The exchange with '{peer}' goes on." : $"The exchange with '{peer}' was not paused so.";
        });

    private static Command Retry()
        => Change("retry", "Pull from a peer at once: ends all waiting after failures and closes the circuit.", async (client, peer, agreement, cancellationToken) =>
        {
            var answer = await client.Admin.RetryExchangeAsync(new RetryExchangeRequest { PeerId = peer, AgreementId = agreement }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
            return $"{answer.StreamCount} stream(s) of '{peer}' are tried at once.";
        });

    private static Command Restart()
    {
        var dir = NodeOptions.Dir();
        var peer = new Option<string>("--peer") { Description = "The provider that was restored.", Required = true, HelpName = "PARTNER" };
        var agreement = new Option<string>("--agreement") { Description = "Under which it gives: the agreement's id or the first 8 or more digits of it.", Required = true, HelpName = "ID" };
        var reason = new Option<string>("--reason") { Description = "For people; stands in this node's log. At most 500 characters.", Required = true, HelpName = "TEXT" };
        const string Description = "Begin anew with a provider whose database was restored from a backup.\n\n"
            + "Use it when the provider's operator has told you of the restoration, and the provider denies this node's pulls because their cursor is of another feed "
            + "(ssa exchange status shows the denial), its answers are refused because they do not follow what was received before, or nothing of what it publishes since arrives. Nowhere else: whoever gives two histories without having been "
            + "restored deceives, and the refusals are the evidence of that.\n\n"
            + "How far this node has come is forgotten, in every lane, routine and urgent; the provider is asked from the beginning. Records that were received stay, and are not stored again when they come again. "
            + "Receipts that have not gone out are not sent any more. The log says for each stream which manifest was the last of the old feed, who began anew, and why.\n\n"
            + "Example:\n  ssa exchange restart --peer pacific --agreement 3f1c09ab --reason \"restored from the backup of 12 May, told by phone\" --dir atlantic";
        return new Command("restart", Description) { peer, agreement, reason, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                if (await AgreementCommands.FindAsync(client, parsed.GetValue(agreement)!, cancellationToken) is not { } found) return ExitCodes.NotFound;
                string provider = parsed.GetValue(peer)!;
                var request = new RestartExchangeRequest { PeerId = provider, AgreementId = found.AgreementId, Reason = parsed.GetValue(reason) };
                var answer = await client.Admin.RestartExchangeAsync(request, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                Console.WriteLine(answer.StreamCount > 0 ? $"{answer.StreamCount} stream(s) of '{provider}' begin anew." : $"Nothing was received from '{provider}' under this agreement; there is nothing to begin anew.");
                return ExitCodes.Ok;
            });
    }

    private static Command Change(string name, string description, Func<OperatorClient, string, ByteString, CancellationToken, Task<string>> change)
    {
        var dir = NodeOptions.Dir();
        var peer = new Option<string>("--peer") { Description = "The partner.", Required = true, HelpName = "PARTNER" };
        var agreement = new Option<string?>("--agreement") { Description = "Only under this agreement: its id or the first 8 or more digits of it. Otherwise all.", HelpName = "ID" };
        return new Command(name, $"{description}\n\nExamples:\n  ssa exchange {name} --peer pacific --dir atlantic\n  ssa exchange {name} --peer pacific --agreement 3f1c09ab --dir atlantic") { peer, agreement, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var id = ByteString.Empty;
                if (parsed.GetValue(agreement) is { } wanted)
                {
                    if (await AgreementCommands.FindAsync(client, wanted, cancellationToken) is not { } found) return ExitCodes.NotFound;
                    id = found.AgreementId;
                }
                Console.WriteLine(await change(client, parsed.GetValue(peer)!, id, cancellationToken));
                return ExitCodes.Ok;
            });
    }
}
