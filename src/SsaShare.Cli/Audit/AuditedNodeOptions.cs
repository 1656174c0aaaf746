using System.CommandLine;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>Whose log a command reads: the operator's own node, or one that lets an auditor in.</summary>
internal sealed class AuditedNodeOptions
{
    private readonly Option<string> _dir = NodeOptions.Dir();
    private readonly Option<FileInfo?> _card = new("--card") { Description = "As an auditor: the card of the node, got from its operator.", HelpName = "FILE" };
    private readonly Option<FileInfo?> _certificate = new("--cert") { Description = "As an auditor: your certificate with its key, made by 'ssa auditor key'.", HelpName = "FILE" };
    private readonly Option<Uri?> _endpoint = new("--endpoint")
    {
        Description = "As an auditor: where the node is reached, if not where its card says. Its key is checked against the card all the same.",
        HelpName = "URL",
        CustomParser = given => Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps ? endpoint : Fail(given, $"'{given.Tokens[0].Value}' is not an https URL."),
    };
    private readonly Option<FileInfo?> _passphrase = new("--passphrase-file") { Description = "A file with the passphrase of --cert, open to its owner only. Default: a question, if it is encrypted.", HelpName = "FILE" };

    /// <summary>For the command's options.</summary>
    public IEnumerable<Option> All => [_dir, _card, _certificate, _endpoint, _passphrase];

    /// <exception cref="FormatException">Only one of card and certificate is given.</exception>
    public OperatorClient Open(ParseResult parsed) => (parsed.GetValue(_card), parsed.GetValue(_certificate)) switch
    {
        ({ } card, { } certificate) => OperatorClient.AsAuditor(card.FullName, certificate.FullName, parsed.GetValue(_endpoint),
            parsed.GetValue(_passphrase) is { } file ? Passphrase.FromFile(file.FullName) : Passphrases.OfFile(certificate.FullName)),
        (null, null) when parsed.GetValue(_endpoint) is null => OperatorClient.ToOwnNode(parsed.Folder(_dir)),
        _ => throw new FormatException("As an auditor, give --card with the node's card and --cert with your certificate."),
    };

    /// <summary>An agreement as it was typed. Only the operator can name it by its first digits: an auditor cannot list agreements.</summary>
    /// <returns>Null, when the reason has been told.</returns>
    public async Task<ByteString?> FindAgreementAsync(OperatorClient client, ParseResult parsed, string wanted, CancellationToken cancellationToken)
        => AgreementId.TryParse(wanted, out var id) ? ByteString.CopyFrom(id.Value.ToArray())
            : parsed.GetValue(_card) is not null ? throw new FormatException($"'{wanted}' is not a whole agreement id of 64 digits; entries of kind 'agreement' have it.")
            : (await AgreementCommands.FindAsync(client, wanted, cancellationToken))?.AgreementId;

    private static Uri? Fail(System.CommandLine.Parsing.ArgumentResult given, string error)
    {
        given.AddError(error);
        return null;
    }
}

/// <summary>Adds the options to a command.</summary>
internal static class AuditedNodeCommands
{
    public static T With<T>(this T command, AuditedNodeOptions node)
        where T : Command
    {
        foreach (var option in node.All) command.Options.Add(option);
        return command;
    }
}
