using System.CommandLine;
using Google.Protobuf;

namespace SsaShare.Cli;

/// <summary>ssa peer ...</summary>
internal static class PeerCommands
{
    public static Command Create() => new("peer", "Pin other nodes and see what became of their keys.") { Add(), PeerKeys.Create() };

    private static Command Add()
    {
        var dir = NodeOptions.Dir();
        var cards = new Argument<FileInfo[]>("CARD") { Description = "Node card files of the peers.", Arity = ArgumentArity.OneOrMore };
        return new Command("add", "Pin peers by their node cards. Compare each card's id with its owner by another way first.\n\nExample:\n  ssa peer add pacific/node-card.json --dir atlantic") { cards, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                foreach (var file in parsed.GetValue(cards)!)
                {
                    var card = OperatorClient.ReadCard(file.FullName);
                    var added = await client.Admin.AddPeerAsync(new() { NodeCard = ByteString.CopyFrom(card.ToJson()) }, cancellationToken: cancellationToken);
                    Console.WriteLine($"{added.PartnerId}  {card.Id}");
                }
                return ExitCodes.Ok;
            });
    }
}
