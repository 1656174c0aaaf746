using System.CommandLine;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>ssa audit reconcile</summary>
internal static class ReconcileCommand
{
    public static Command Create()
    {
        var bundles = new Argument<FileInfo[]>("BUNDLE") { Description = "Evidence bundles of two or more partners.", Arity = new ArgumentArity(2, 100) };
        var cards = new Option<FileInfo[]>("--card")
        {
            Description = "Node cards that you got by another way and trust. Once one is given, nobody else is believed: give one for each partner in the logs.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var checkpoints = new Option<FileInfo[]>("--checkpoint")
        {
            Description = "Signed checkpoints of these logs that you got from their witnesses: they find what both sides agree to hide.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var asOf = VerifyCommand.CreateAsOf();
        var json = new Option<bool>("--json") { Description = "As one JSON document." };
        return new Command("reconcile", "Compare what each partner says that it gave with what the other says that it received: missing, extra, different, late, out of agreement, and histories that contradict each other."
            + " Offline: no node, no database, no network. Exit code 6 when something is found.\n\nExamples:\n  ssa audit reconcile atlantic.evidence pacific.evidence --card atlantic/node-card.json pacific/node-card.json\n  ssa audit reconcile atlantic.evidence pacific.evidence --checkpoint atlantic-by-caribbean.checkpoint --as-of 2026-12-01T12:00:00Z --json")
        { bundles, cards, checkpoints, asOf, json }
            .Does(async (parsed, cancellationToken) =>
            {
                var trusted = (parsed.GetValue(cards) ?? []).Select(card => OperatorClient.ReadCard(card.FullName)).ToList();
                var audit = await VerifyCommand.VerifyAsync(Named(parsed.GetValue(bundles)!), new EvidenceTrust(trusted) { Checkpoints = [.. (parsed.GetValue(checkpoints) ?? []).Select(Read)], AsOf = VerifyCommand.ToEpoch(parsed.GetValue(asOf)) }, cancellationToken);
                foreach (string line in parsed.GetValue(json) ? ReconcileText.Json(audit) : ReconcileText.Lines(audit)) Console.WriteLine(line);
                return audit.Succeeded ? ExitCodes.Ok : throw new VerificationFailedException($"The bundles do not agree: {audit.Findings.Count()} findings.");
            });
    }

    /// <exception cref="FormatException">The file is no checkpoint of a partner's log.</exception>
    private static OutsideCheckpoint Read(FileInfo file)
    {
        var held = new OutsideCheckpoint(file.Name, file.Length <= SignedNote.MaxBytes ? File.ReadAllText(file.FullName) : "");
        return held.Owner is null ? throw new FormatException($"{file.FullName} is not a checkpoint of a partner's log.") : held;
    }

    /// <summary>By file name; files of the same name in different folders by their whole path.</summary>
    private static IReadOnlyList<(string Name, string Path)> Named(IReadOnlyCollection<FileInfo> files)
        => [.. files.Select(file => (files.Count(other => other.Name == file.Name) > 1 ? file.FullName : file.Name, file.FullName))];
}
