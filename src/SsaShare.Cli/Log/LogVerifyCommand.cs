using System.CommandLine;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>ssa log verify</summary>
internal static class LogVerifyCommand
{
    private const string Text = """
        Verify a tiled log whole: checkpoint, every tile against the signed root, every entry against its tile. Any C2SP log, in a folder or on the web. Exit code 6 when it does not hold.

        Examples:
          ssa log verify atlantic-log --key ssashare/atlantic/log+5f32b3a1+ASKo --since yesterday.checkpoint
          ssa log verify https://log.example/2026 --key log.example/2026+33d7b496+AeHT --witness-policy witnesses.policy
          ssa log verify --card atlantic/node-card.json --dir pacific
        """;

    public static Command Create()
    {
        var (place, trust) = (new LogPlaceOptions(), new LogTrustOptions());
        var since = new Option<FileInfo?>("--since") { Description = "An older checkpoint of the log that you have kept: the log must begin with what it covers.", HelpName = "FILE" };
        var from = new Option<long>("--from") { Description = "Leave out what ends before this index: entries that you have verified before, or that a log no longer shows.", HelpName = "INDEX" };
        var keep = new Option<FileInfo?>("--keep") { Description = "Write the verified checkpoint here, for --since of the next time.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print the steps as JSON." };
        from.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 0) result.AddError("--from is 0 or more.");
        });
        var command = new Command("verify", Text) { since, from, keep, json };
        place.AddTo(command);
        trust.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var log = place.Open(parsed);
            var older = parsed.GetValue(since) is { } file ? await CheckpointFiles.ReadAsync(file.FullName, cancellationToken) : null;
            var verifier = new TlogVerifier(log.Tiles, trust.Read(parsed, log.Keys)) { Older = older, FromIndex = parsed.GetValue(from) };
            var found = await LogProgress.ShowAsync($"verifying {log.Name}", progress => verifier.VerifyAsync(progress, cancellationToken));
            if (found.Report.Succeeded && parsed.GetValue(keep) is { } kept) await CheckpointFiles.WriteAsync(kept.FullName, found.Note!, cancellationToken);
            return LogReport.Show(log.Name, found.Report, found.Cosignatures, parsed.GetValue(json));
        });
    }
}
