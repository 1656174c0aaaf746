using SsaShare.Peering;
using SsaShare.Signing;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>The keys of a node as a table. Needs no passphrase: what a key is stands in the card.</summary>
internal static class KeyTable
{
    public static void Write(NodeFolder folder)
    {
        var card = OperatorClient.ReadCard(folder.CardFile).Card;
        var known = new Dictionary<string, (string Use, string Algorithm, string Id)>
        {
            [folder.SigningKeyFile] = ("documents", card.SigningKey.Algorithm.Name(), card.SigningKey.Id.ToString()),
            [folder.LogKeyFile] = ("own log", SignatureAlgorithm.Ed25519.Name(), card.LogKey.ToString()),
            [folder.WitnessKeyFile] = ("others' logs", SignatureAlgorithm.Ed25519.Name(), card.WitnessKey.ToString()),
            [folder.RecoveryKeyFile] = ("key changes", card.RecoveryKey.Algorithm.Name(), card.RecoveryKey.Id.ToString()),
            [folder.TlsFile] = ("connections", SignatureAlgorithm.EcdsaP256Sha256.Name(), string.Join(' ', card.TlsPins)),
            [folder.OperatorFile] = ("operator", SignatureAlgorithm.EcdsaP256Sha256.Name(), string.Join(' ', card.OperatorPins)),
            [folder.CursorKeyFile] = ("cursors", "hmac-sha256", ""),
        };
        var table = new Table().Border(TableBorder.Simple).AddColumns("file", "use", "algorithm", "kept", "id");
        foreach (string path in known.Keys.Union(folder.SecretFiles()))
        {
            (string use, string algorithm, string id) = known.GetValueOrDefault(path, ("-", "-", "-"));
            table.AddRow(Path.GetRelativePath(folder.Path, path).EscapeMarkup(), use, algorithm, Kept(path).EscapeMarkup(), id.EscapeMarkup());
        }
        AnsiConsole.Write(table);
    }

    private static string Kept(string path) => !File.Exists(path) ? "not here" : KeyFile.ProtectionOf(path) switch
    {
        KeyProtection.Passphrase => "encrypted",
        KeyProtection.Token => File.ReadAllText(path).Trim().Split('?')[0],
        _ => "in the clear",
    };
}
