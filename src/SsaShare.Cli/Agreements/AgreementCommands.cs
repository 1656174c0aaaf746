using System.CommandLine;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Protocol.Admin.V1;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa agreement ...</summary>
internal static class AgreementCommands
{
    public static Command Create() => new("agreement", "Author, propose, read, sign, suspend, end and list agreements.")
    {
        AgreementAuthoring.New(), Validate(), AgreementAuthoring.Diff(), Propose(), Show(), Sign(), List(), SimulateCommand.Create(), ExplainCommand.Create(),
        AgreementChanges.Suspend(), AgreementChanges.Resume(), AgreementChanges.Revoke(),
    };

    private static Command Validate()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Agreements in YAML.", Arity = ArgumentArity.OneOrMore };
        return new Command("validate", "Check agreements as authored, without any node.\n\nExample:\n  ssa agreement validate seeds/agreements/atlantic-pacific.yaml") { files }
            .Does(async (parsed, cancellationToken) =>
            {
                bool valid = true;
                foreach (var file in parsed.GetValue(files)!)
                {
                    var draft = AgreementDraft.ReadYaml(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
                    foreach (var issue in draft.Issues) Console.Error.WriteLine($"{file.Name}: {issue}");
                    if (draft.TryGetValue(out var terms)) Console.WriteLine($"{file.Name}: valid, between {string.Join(" and ", terms.Parties.Select(party => party.Partner))}");
                    valid &= draft.Value is not null;
                }
                return valid ? ExitCodes.Ok : ExitCodes.Failure;
            });
    }

    private static Command Propose()
    {
        var dir = NodeOptions.Dir();
        var file = new Argument<FileInfo>("FILE") { Description = "The agreement in YAML." };
        return new Command("propose", "Fix and sign an agreement and bring it to its other parties, whose cards must be pinned.\n\nExample:\n  ssa agreement propose seeds/agreements/atlantic-pacific.yaml --dir atlantic") { file, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var yaml = parsed.GetValue(file)!;
                var answer = await client.Admin.ProposeAgreementAsync(
                    new() { FileName = yaml.Name, Yaml = ByteString.CopyFrom(await File.ReadAllBytesAsync(yaml.FullName, cancellationToken)) }, cancellationToken: cancellationToken);
                Console.WriteLine($"{Convert.ToHexStringLower(answer.AgreementId.Span)}  {answer.State}");
                return ExitCodes.Ok;
            });
    }

    private static Command Show()
    {
        var dir = NodeOptions.Dir();
        var id = Id();
        return new Command("show", "Show an agreement: every clause, read from the exact bytes that are signed.\n\nExample:\n  ssa agreement show 3f1c09ab --dir pacific") { id, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                if (await FindAsync(client, parsed.GetValue(id)!, cancellationToken) is not { } found) return ExitCodes.NotFound;
                var answer = await GetAsync(client, found, cancellationToken);
                Console.WriteLine($"# agreement {Hex(found)}");
                Console.WriteLine($"# state here: {answer.Summary.State}{(answer.Summary.MissingSignatures.Count == 0 ? "; signed by every party" : $"; not yet signed by {string.Join(", ", answer.Summary.MissingSignatures)}")}");
                if (answer.Summary.SuspendedBy.Count > 0) Console.WriteLine($"# suspended by {string.Join(" and ", answer.Summary.SuspendedBy)}");
                foreach (var transition in answer.Transitions) Console.WriteLine(AgreementChanges.Line(transition));
                foreach (string line in AgreementText.Lines(answer.Payload.Memory)) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }

    private static Command Sign()
    {
        var dir = NodeOptions.Dir();
        var id = Id();
        return new Command("sign", "Countersign an agreement that a partner proposed. Read it first: 'ssa agreement show'.\n\nExample:\n  ssa agreement sign 3f1c09ab --dir pacific") { id, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                if (await FindAsync(client, parsed.GetValue(id)!, cancellationToken) is not { } found) return ExitCodes.NotFound;
                var answer = await client.Admin.SignAgreementAsync(new() { AgreementId = found.AgreementId }, cancellationToken: cancellationToken);
                Console.WriteLine($"{Hex(found)}  {answer.State}");
                return ExitCodes.Ok;
            });
    }

    private static Command List()
    {
        var dir = NodeOptions.Dir();
        return new Command("list", "List the node's agreements.\n\nExample:\n  ssa agreement list --dir atlantic") { dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var listed = await client.Admin.ListAgreementsAsync(new(), cancellationToken: cancellationToken);
                var table = new Table().Border(TableBorder.Simple).AddColumns("id", "state", "parties", "valid until", "title");
                foreach (var one in listed.Agreements)
                    table.AddRow(Hex(one)[..16], one.SuspendedBy.Count == 0 ? one.State.ToString() : $"{one.State} by {string.Join(", ", one.SuspendedBy)}".EscapeMarkup(), string.Join(", ", one.Parties).EscapeMarkup(), $"{one.ValidUntil.ToDateTime():yyyy-MM-dd}", one.Title.EscapeMarkup());
                AnsiConsole.Write(table);
                return ExitCodes.Ok;
            });
    }

    internal static Argument<string> Id() => new("ID") { Description = "The agreement's id or its first 8 or more digits." };

    /// <returns>Null, and told to the user, when there is none or several begin so.</returns>
    internal static async Task<AgreementSummary?> FindAsync(OperatorClient client, string wanted, CancellationToken cancellationToken)
    {
        var listed = await client.Admin.ListAgreementsAsync(new(), cancellationToken: cancellationToken);
        var matches = listed.Agreements.Where(one => wanted.Length >= 8 && Hex(one).StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (matches.Count == 1) return matches[0];
        Console.Error.WriteLine(matches.Count == 0 ? $"ssa: There is no agreement '{wanted}' here. See: ssa agreement list" : $"ssa: '{wanted}' names {matches.Count} agreements; give more digits.");
        return null;
    }

    /// <exception cref="VerificationFailedException">The text is not the one with that id.</exception>
    internal static async Task<GetAgreementResponse> GetAsync(OperatorClient client, AgreementSummary found, CancellationToken cancellationToken)
    {
        var answer = await client.Admin.GetAgreementAsync(new() { AgreementId = found.AgreementId }, cancellationToken: cancellationToken);
        return AgreementId.Of(answer.Payload.Span).Value.ToArray().AsSpan().SequenceEqual(found.AgreementId.Span)
            ? answer
            : throw new VerificationFailedException("The node gave another text than the one with that id.");
    }

    internal static string Hex(AgreementSummary agreement) => Convert.ToHexStringLower(agreement.AgreementId.Span);
}
