using System.CommandLine;
using System.CommandLine.Parsing;
using SsaShare.Domain;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Signing;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa node ...</summary>
internal static class NodeCommands
{
    public static Command Create() => new("node", "Make, run and inspect a node.") { Init(), Run(), Status(), KeyChangeCommands.Rotate(), KeyChangeCommands.Revoke(), RestoredCommand.Create() };

    private static Command Init()
    {
        var dir = NodeOptions.Dir();
        var partner = new Option<string>("--partner", "-p") { Description = "Partner id: a-z, 0-9 and '-'.", Required = true, HelpName = "ID" };
        var name = new Option<string>("--name", "-n") { Description = "Name shown to people. Default: the partner id.", HelpName = "TEXT" };
        var endpoint = new Option<Uri>("--endpoint", "-e") { Description = "Where others reach the node.", DefaultValueFactory = _ => new Uri("https://127.0.0.1:7101"), CustomParser = ReadEndpoint, HelpName = "URI" };
        var algorithm = TokenKeyCommands.Algorithm("--signing-algorithm", $"Of the key that signs documents: {SignatureAlgorithm.EcdsaP256Sha256.Name()}, or with ML-DSA beside it {SignatureAlgorithm.MlDsa44EcdsaP256.Name()}.");
        var signing = TokenKeyCommands.Uri("--signing-key", "A PKCS#11 token's key that signs documents, made by 'ssa key generate'. Default: a key in a file.");
        var log = TokenKeyCommands.Uri("--log-key", "A PKCS#11 token's Ed25519 key for the node's log. Default: a key in a file.");
        var witness = TokenKeyCommands.Uri("--witness-key", "A PKCS#11 token's Ed25519 key for others' logs. Default: a key in a file.");
        var passphraseFile = KeyCommands.PassphraseFile("keys in the clear");
        return new Command("init", "Make keys, certificates and node card in a new folder.\n\nExample:\n  ssa node init --dir atlantic --partner atlantic --name \"Atlantic Space Agency\" --endpoint https://127.0.0.1:7101\n  ssa node init --dir atlantic --partner atlantic --passphrase-file /etc/ssashare/atlantic.passphrase") { dir, partner, name, endpoint, algorithm, passphraseFile, signing, log, witness }
            .Does((parsed, _) =>
            {
                var folder = parsed.Folder(dir);
                var id = PartnerId.Parse(parsed.GetValue(partner)!);
                var passphrase = parsed.GetValue(passphraseFile) is { } file ? Passphrase.FromFile(file.FullName) : Passphrases.OfSettings(folder);
                var keys = new NewKeys(parsed.Chosen(algorithm), passphrase, parsed.GetValue(signing), parsed.GetValue(log), parsed.GetValue(witness));
                using var identity = Make(folder, id, parsed.GetValue(name) ?? id.Value, parsed.GetValue(endpoint)!, keys);
                Console.WriteLine($"node card  {folder.CardFile}");
                Console.WriteLine($"card id    {identity.Card.Id}");
                Console.Error.WriteLine("Give the card to your partners, and tell them its id by another way.");
                if (passphrase is null) Console.Error.WriteLine($"The keys are not encrypted. Encrypt them with: ssa key protect --dir {folder.Path}");
                return Task.FromResult(ExitCodes.Ok);
            });
    }

    private static NodeIdentity Make(NodeFolder folder, PartnerId partner, string name, Uri endpoint, NewKeys keys)
    {
        try
        {
            return NodeIdentity.Create(folder, partner, name, endpoint, TimeProvider.System.GetUtcNow(), keys);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"No node was made: {e.Message}", e);
        }
    }

    private static Uri? ReadEndpoint(ArgumentResult given)
    {
        string text = given.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps) return endpoint;
        given.AddError($"--endpoint is '{text}'; expected https, host and port, such as https://127.0.0.1:7101.");
        return null;
    }

    private static Command Run()
    {
        var dir = NodeOptions.Dir();
        return new Command("run", "Run the node until it is stopped. Starts a private PostgreSQL cluster in the folder unless node.json names a server.\n\nExample:\n  ssa node run --dir atlantic") { dir }
            .Does((parsed, cancellationToken) => HostRunner.RunAsync(token => NodeHost.BuildAsync(parsed.Folder(dir), Passphrases.ForHost(parsed.Folder(dir)), "node", null, null, token), cancellationToken));
    }

    private static Command Status()
    {
        var dir = NodeOptions.Dir();
        return new Command("status", "Show what the node holds and how its peers are doing.\n\nExample:\n  ssa node status --dir atlantic") { dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var status = await client.Admin.GetStatusAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                AnsiConsole.MarkupLineInterpolated($"[bold]{status.PartnerId}[/] {status.Version}, up since {status.Started.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}");
                AnsiConsole.MarkupLineInterpolated($"{status.OwnRecords:N0} own records, {status.ReceivedRecords:N0} received, log of {status.LogSize:N0} entries");
                foreach (var due in status.DueCertificates) Console.WriteLine(CertificateText.Line(due, TimeProvider.System.GetUtcNow()));
                if (status.Witnessing is { } witnessing)
                    foreach (string line in WitnessText.Summary(witnessing, TimeProvider.System.GetUtcNow())) Console.WriteLine(line);
                var table = new Table().Border(TableBorder.Simple).AddColumns("peer", "endpoint", "received", "complete up to", "last error");
                foreach (var peer in status.Peers)
                    table.AddRow(peer.PartnerId.EscapeMarkup(), peer.Endpoint.EscapeMarkup(), $"{peer.ReceivedRecords:N0}",
                        peer.Watermark is null ? "-" : $"{peer.Watermark.ToDateTime():HH:mm:ss'Z'}", peer.LastError.EscapeMarkup());
                AnsiConsole.Write(table);
                foreach (var peer in status.Peers.Where(peer => peer.DroppedRecords > 0))
                    Console.WriteLine($"{peer.PartnerId} signed that it held {peer.DroppedRecords:N0} records no more when this node came to them");
                return ExitCodes.Ok;
            });
    }
}
