using System.CommandLine;
using System.Globalization;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>ssa witness ...</summary>
internal static class WitnessCommands
{
    public static Command Create() => new("witness", "See who witnesses a node's log and what it has witnessed of others'.") { Status(), Checkpoints(), Conflicts(), CheckConflict(), Forgive() };

    private static Command Status()
    {
        var dir = NodeOptions.Dir();
        return new Command("status", "Show who has cosigned the node's log and up to where, which agreements lack witnesses, and what the node has seen of others' logs.\n\nExample:\n  ssa witness status --dir atlantic") { dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                foreach (string line in WitnessText.Lines(await client.Admin.GetWitnessStatusAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken), TimeProvider.System.GetUtcNow())) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }

    private static Command Checkpoints()
    {
        var dir = NodeOptions.Dir();
        var output = new Option<DirectoryInfo>("--out", "-o") { Description = "The folder to write one file for each log to.", Required = true, HelpName = "FOLDER" };
        return new Command("checkpoints", "Write the newest checkpoint of each log that the node has cosigned: an auditor compares evidence with them (ssa audit reconcile --checkpoint).\n\nExample:\n  ssa witness checkpoints --dir caribbean --out witnessed") { dir, output }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var status = await client.Admin.GetWitnessStatusAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                var folder = Directory.CreateDirectory(parsed.GetValue(output)!.FullName);
                foreach (var log in status.Logs.Where(log => log.CosignedNote.Length > 0 && NoteNames.OwnerOfLog(log.Origin) is not null))
                {
                    string file = Path.Combine(folder.FullName, $"{FileName(log.Origin)}.checkpoint");
                    await File.WriteAllTextAsync(file, log.CosignedNote, cancellationToken);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}  {log.CosignedSize} entries, cosigned {log.CosignedAt.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}"));
                }
                return ExitCodes.Ok;
            });
    }

    /// <summary>The owner's id; of a log that goes on after a restore, with its number.</summary>
    private static string FileName(string origin)
    {
        string last = origin[(origin.LastIndexOf('/') + 1)..];
        return char.IsAsciiDigit(last[0]) ? $"{NoteNames.OwnerOfLog(origin)}-{last}" : $"{NoteNames.OwnerOfLog(origin)}";
    }

    private static Command Conflicts()
    {
        var dir = NodeOptions.Dir();
        var output = new Option<DirectoryInfo>("--out", "-o") { Description = "The folder to write one file for each conflict to.", Required = true, HelpName = "FOLDER" };
        return new Command("conflicts", "Write the proofs that a log has signed two histories: anybody who has the log's public key can check them.\n\nExample:\n  ssa witness conflicts --dir atlantic --out proofs") { dir, output }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var status = await client.Admin.GetWitnessStatusAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                var folder = Directory.CreateDirectory(parsed.GetValue(output)!.FullName);
                foreach (var conflict in status.Conflicts)
                {
                    string file = Path.Combine(folder.FullName, $"{Convert.ToHexStringLower(conflict.Id.Span)[..16]}.conflict.json");
                    await File.WriteAllBytesAsync(file, conflict.Document.ToByteArray(), cancellationToken);
                    Console.WriteLine($"{file}  {conflict.Origin}{(conflict.Forgiven.Length == 0 ? "" : $"  forgiven: {conflict.Forgiven}")}");
                }
                if (status.Conflicts.Count == 0) Console.WriteLine("No log has been found to have two histories.");
                return ExitCodes.Ok;
            });
    }

    private static Command CheckConflict()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A proof as 'ssa witness conflicts' writes it." };
        var key = new Option<string>("--key") { Description = "The log's verifier key: NAME+HASH+BASE64. It stands in the partner's node card as logKey.", Required = true, HelpName = "VKEY" };
        return new Command("check-conflict", "Check, offline and without trust in who shows it, that a log has signed two histories. Exit code 6 when the file proves nothing.\n\nExample:\n  ssa witness check-conflict 3f2a.conflict.json --key ssashare/pacific/log+4f1c7f0a+AbHvZV1tqUDvY2aRt8F7gWcH2WzQzq3P3cR5n8v1jJxg") { file, key }
            .Does(async (parsed, cancellationToken) =>
            {
                var proof = parsed.GetValue(file)!;
                if (!proof.Exists) throw new FileNotFoundException($"There is no file '{proof.FullName}'.");
                if (!NoteVerifier.TryParse(parsed.GetValue(key), out var verifier)) throw new FormatException("--key is not a verifier key: NAME+HASH+BASE64.");
                if (proof.Length > Misbehaviour.BytesMax || !Misbehaviour.TryParse(await File.ReadAllBytesAsync(proof.FullName, cancellationToken), out var conflict))
                    throw new VerificationFailedException($"{proof.FullName} is not a proof of two histories.");
                if (!conflict.Verify((_, _) => verifier, out long size, out string? fault)) throw new VerificationFailedException($"The file proves nothing against {verifier.Name}: {fault}");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verifier.Name} has signed two different histories of {size} entries. Whoever holds its key has shown one to some and another to others."));
                return ExitCodes.Ok;
            });
    }

    private static Command Forgive()
    {
        var origin = new Argument<string>("ORIGIN") { Description = "Name of the log, such as ssashare/pacific/log." };
        var reason = new Option<string>("--reason") { Description = "Why: it stands in the node's log for ever.", Required = true, HelpName = "TEXT" };
        var dir = NodeOptions.Dir();
        return new Command("forgive", "Let a log be cosigned again though it has signed two histories, for example after its operator has explained a restored backup. Only what extends the history that was cosigned here is cosigned again; another branch is still refused.\n\nExample:\n  ssa witness forgive ssashare/pacific/log --reason \"restored backup, rotated its log key\" --dir atlantic") { origin, reason, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var answer = await client.Admin.ForgiveLogAsync(new ForgiveLogRequest { Origin = parsed.GetValue(origin), Reason = parsed.GetValue(reason) }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                Console.WriteLine($"{answer.Count} conflict(s) of {parsed.GetValue(origin)} forgiven; what extends the history that was cosigned here is cosigned again.");
                return ExitCodes.Ok;
            });
    }
}
