using System.CommandLine;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa agreement suspend, resume, revoke: what a party does to a signed agreement by itself.</summary>
internal static class AgreementChanges
{
    public static Command Suspend() => Create("suspend", AgreementEvent.Suspend, "Suspend an agreement: nothing flows in either direction until every party that suspended it has resumed. The other parties are told.",
        "sensor calibration in doubt");

    public static Command Resume() => Create("resume", AgreementEvent.Resume, "Take this party's own suspension back. The other parties are told.", "calibration confirmed");

    public static Command Revoke() => Create("revoke", AgreementEvent.Revoke, "End an agreement for good. Serving stops at once, also in the middle of a pull; the other parties are told.", "replaced by another treaty");

    /// <summary>A transition for people. The reason is another party's text, which the node has checked to be plain.</summary>
    public static string Line(AgreementTransition transition)
    {
        string told = transition.AcknowledgedBy.Count == 0 ? "" : $"; known to {string.Join(", ", transition.AcknowledgedBy)}";
        return $"# {transition.Time.ToDateTime():yyyy-MM-dd HH:mm:ss}Z {transition.PartnerId} ({transition.Sequence}): {transition.Event}, \"{transition.Reason}\"{told}";
    }

    private static Command Create(string name, AgreementEvent happening, string description, string example)
    {
        var dir = NodeOptions.Dir();
        var id = AgreementCommands.Id();
        var reason = new Option<string>("--reason") { Description = "Why, for the other parties' operators: at most 200 characters. It is signed and logged.", Required = true };
        return new Command(name, $"{description}\n\nExample:\n  ssa agreement {name} 3f1c09ab --reason \"{example}\" --dir pacific") { id, reason, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                if (await AgreementCommands.FindAsync(client, parsed.GetValue(id)!, cancellationToken) is not { } found) return ExitCodes.NotFound;
                var answer = await client.Admin.ChangeAgreementAsync(
                    new() { AgreementId = found.AgreementId, Event = happening, Reason = parsed.GetValue(reason)! }, cancellationToken: cancellationToken);
                Console.WriteLine($"{AgreementCommands.Hex(found)}  {answer.State}");
                return ExitCodes.Ok;
            });
    }
}
