using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa agreement explain</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var node = new AuditedNodeOptions();
        var record = new Option<string>("--record") { Description = "The record's id or its first 8 or more digits.", Required = true, HelpName = "ID" };
        var reader = new Option<string>("--reader") { Description = "The partner that would receive it.", Required = true, HelpName = "PARTNER" };
        var agreement = new Option<string>("--agreement") { Description = "Only under this agreement: its id or its first 8 or more digits. Default: every one concerned.", HelpName = "ID" };
        var derived = new Option<bool>("--derived") { Description = "About products derived from the record, such as the fused catalog, shown to the reader." };
        return new Command("explain", "Show why a record goes, or does not go, to a partner, clause by clause, and what it was really given. The explanation stays at home.\n\nExamples:\n  ssa agreement explain --record 5b0f4e7a --reader pacific --dir atlantic\n  ssa agreement explain --record 5b0f4e7a --reader pacific --derived --dir fusion\n  ssa agreement explain --record 5b0f4e7a --reader pacific --card atlantic-card.json --cert auditor.pem")
        { record, reader, agreement, derived }.With(node)
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = node.Open(parsed);
                var request = new ExplainDecisionRequest
                {
                    Record = parsed.GetValue(record)!,
                    ReaderId = PartnerId.Parse(parsed.GetValue(reader)!).Value,
                    Derived = parsed.GetValue(derived),
                };
                if (parsed.GetValue(agreement) is { } wanted)
                {
                    if (await node.FindAgreementAsync(client, parsed, wanted, cancellationToken) is not { } found) return ExitCodes.NotFound;
                    request.AgreementId = found;
                }
                var answer = await client.Audit.ExplainDecisionAsync(request, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                foreach (string line in ExplanationText.Lines(request, answer)) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }
}
