using System.CommandLine;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>ssa agreement new, diff: what an author does before an agreement is proposed.</summary>
internal static class AgreementAuthoring
{
    public static Command New()
    {
        var parties = new Argument<string[]>("PARTNER") { Description = "The parties' ids, two or more.", Arity = new ArgumentArity(2, DocumentLimits.PartiesMax) };
        var to = new Option<FileInfo?>("--out") { Description = "File to write; one that exists is not overwritten. Without it the text goes to standard output." };
        return new Command("new", "Write a commented template to author an agreement from. It is valid as it stands, for a year from today on.\n\nExample:\n  ssa agreement new atlantic pacific --out atlantic-pacific.yaml") { parties, to }
            .Does(async (parsed, cancellationToken) =>
            {
                PartnerId[] partners = [.. parsed.GetValue(parties)!.Select(PartnerId.Parse)];
                if (partners.Distinct().Count() != partners.Length) throw new FormatException("Each party is named once.");
                var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero);
                string yaml = AgreementTemplate.Yaml(partners, Utc.FromDateTime(today), Utc.FromDateTime(today.AddYears(1)));
                if (parsed.GetValue(to) is not { } file)
                {
                    Console.Write(yaml);
                    return ExitCodes.Ok;
                }
                await using var text = new StreamWriter(new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write));
                await text.WriteAsync(yaml.AsMemory(), cancellationToken);
                Console.WriteLine($"Wrote {file.FullName}. Next: edit it, then ssa agreement validate {file.Name}");
                return ExitCodes.Ok;
            });
    }

    public static Command Diff()
    {
        var dir = NodeOptions.Dir();
        var before = new Argument<string>("OLD") { Description = "A file in YAML, or the id of an agreement at the node." };
        var after = new Argument<string>("NEW") { Description = "A file in YAML, or the id of an agreement at the node." };
        return new Command("diff", "Show what changes from one agreement to another, field by field and clause by clause.\n\nExamples:\n  ssa agreement diff atlantic-pacific.yaml atlantic-pacific-2.yaml\n  ssa agreement diff 3f1c09ab atlantic-pacific-2.yaml --dir pacific") { before, after, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                var folder = new Lazy<OperatorClient>(() => OperatorClient.ToOwnNode(parsed.Folder(dir)));
                try
                {
                    var drafts = new List<AgreementDraft>();
                    foreach (string which in new[] { parsed.GetValue(before)!, parsed.GetValue(after)! })
                    {
                        var (draft, exitCode) = File.Exists(which) ? await ReadAsync(which, cancellationToken) : await FetchAsync(folder.Value, which, cancellationToken);
                        if (draft is null) return exitCode;
                        drafts.Add(draft);
                    }
                    var changes = AgreementDiff.Compare(drafts[0], drafts[1]);
                    foreach (var change in changes) Console.WriteLine(change);
                    if (changes.IsEmpty) Console.WriteLine("They say the same.");
                    return ExitCodes.Ok;
                }
                finally
                {
                    if (folder.IsValueCreated) folder.Value.Dispose();
                }
            });
    }

    private static async Task<(AgreementDraft? Draft, int ExitCode)> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var read = AgreementDraft.ReadYaml(await File.ReadAllBytesAsync(file, cancellationToken));
        foreach (var issue in read.Issues) Console.Error.WriteLine($"{Path.GetFileName(file)}: {issue}");
        return (read.Value, ExitCodes.Failure);
    }

    private static async Task<(AgreementDraft? Draft, int ExitCode)> FetchAsync(OperatorClient client, string id, CancellationToken cancellationToken)
    {
        if (await AgreementCommands.FindAsync(client, id, cancellationToken) is not { } found) return (null, ExitCodes.NotFound);
        var answer = await AgreementCommands.GetAsync(client, found, cancellationToken);
        return Agreement.Read(answer.Payload.Span).TryGetValue(out var agreement) ? (agreement.ToDraft(), ExitCodes.Ok) : throw new VerificationFailedException("The node gave a text that is no agreement.");
    }
}
