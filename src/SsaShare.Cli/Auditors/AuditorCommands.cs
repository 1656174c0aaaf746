using System.CommandLine;
using Google.Protobuf;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>ssa auditor ...</summary>
internal static class AuditorCommands
{
    public static Command Create() => new("auditor", "Say who may read a node's log: search it, export it, have decisions explained, and nothing else.") { Add(), List(), Remove(), Key() };

    private static Command Add()
    {
        var dir = NodeOptions.Dir();
        var name = Name("What to call the auditor here.");
        var certificate = new Option<FileInfo?>("--cert") { Description = "The auditor's certificate; its private key is not needed.", HelpName = "FILE" };
        var pin = new Option<string?>("--pin") { Description = "The pin of the auditor's certificate instead, 64 digits, as 'ssa auditor key' prints it.", HelpName = "HEX" };
        return new Command("add", "Let an auditor read the node's log. Compare the pin with the auditor by another way first.\n\nExamples:\n  ssa auditor add --name inspector --cert inspector-certificate.pem --dir atlantic\n  ssa auditor add --name inspector --pin 6e1c5b0f4e7a9d283b5c7f1a2e4d6c8b0a9f8e7d6c5b4a392817f6e5d4c3b2a1 --dir atlantic") { name, certificate, pin, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                var key = (parsed.GetValue(certificate), parsed.GetValue(pin)) switch
                {
                    ({ } file, null) => ReadPin(file.FullName),
                    (null, { } text) => SpkiPin.TryParse(text, out var read) ? read : throw new FormatException($"'{text}' is not a pin of 64 hexadecimal digits."),
                    _ => throw new FormatException("Give the auditor's certificate by --cert, or its pin by --pin."),
                };
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                await client.Admin.AddAuditorAsync(new() { Name = parsed.GetValue(name)!, Pin = ByteString.CopyFrom(key.Value.ToArray()) }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                Console.WriteLine($"{parsed.GetValue(name)}  {key}");
                return ExitCodes.Ok;
            });
    }

    private static Command List()
    {
        var dir = NodeOptions.Dir();
        return new Command("list", "List the node's auditors.\n\nExample:\n  ssa auditor list --dir atlantic") { dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var listed = await client.Admin.ListAuditorsAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                string[][] rows = [.. listed.Auditors.Select(one => new[] { one.Name, $"{one.Since.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}", Convert.ToHexStringLower(one.Pin.Span) })];
                foreach (string line in Columns.Lines("", ["name", "since", "pin"], rows)) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }

    private static Command Remove()
    {
        var dir = NodeOptions.Dir();
        var name = Name("As 'ssa auditor list' shows it.");
        return new Command("remove", "Let an auditor read the node's log no longer, from the next call on.\n\nExample:\n  ssa auditor remove --name inspector --dir atlantic") { name, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                await client.Admin.RemoveAuditorAsync(new() { Name = parsed.GetValue(name)! }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                return ExitCodes.Ok;
            });
    }

    private static Command Key()
    {
        var name = Name("The auditor's name, kept in the certificate.");
        var output = new Option<FileInfo>("--out", "-o") { Description = "The file to write: certificate and private key, mode 0600. It must not exist.", Required = true, HelpName = "FILE" };
        var passphrase = new Option<FileInfo?>("--passphrase-file") { Description = "Encrypt the private key with the passphrase in this file.", HelpName = "FILE" };
        return new Command("key", "Make an auditor's own certificate and key, on the auditor's machine. The printed pin goes to the operators of the nodes to be read; the file stays.\n\nExample:\n  ssa auditor key --name inspector --out inspector.pem") { name, output, passphrase }
            .Does((parsed, _) =>
            {
                using var certificate = TlsCertificate.CreateForOperator(parsed.GetValue(name)!, TimeProvider.System.GetUtcNow().AddMinutes(-5));
                KeyFile.CreateNew(parsed.GetValue(output)!.FullName, certificate, parsed.GetValue(passphrase) is { } file ? Passphrase.FromFile(file.FullName) : null);
                Console.WriteLine($"{parsed.GetValue(name)}  {SpkiPin.Of(certificate)}");
                return Task.FromResult(ExitCodes.Ok);
            });
    }

    private static Option<string> Name(string what)
    {
        var name = new Option<string>("--name") { Description = $"{what} 1 to 64 of a-z, 0-9, '-' and '.'.", Required = true, HelpName = "NAME" };
        name.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is { } text && !AuditorEvent.IsName(text)) given.AddError($"'{text}' is not 1 to 64 of a-z, 0-9, '-' and '.', beginning with a letter or digit.");
        });
        return name;
    }

    /// <exception cref="InvalidDataException">There is no certificate in the file.</exception>
    private static SpkiPin ReadPin(string path)
    {
        try
        {
            using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(File.ReadAllText(path));
            return SpkiPin.Of(certificate);
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new InvalidDataException($"There is no certificate in PEM form in '{path}': {e.Message}", e);
        }
    }
}
