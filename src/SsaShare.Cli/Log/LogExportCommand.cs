using System.CommandLine;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>ssa log export</summary>
internal static class LogExportCommand
{
    private const string Text = """
        Copy a log into a folder as plain tlog-tiles, which any C2SP tool reads, and verify it on the way. A folder that holds an older state of the log gets what is new.

        Examples:
          ssa log export --dir atlantic --out atlantic-log
          ssa log export https://log.example/2026 --key log.example/2026+33d7b496+AeHT --out mirror
        """;

    public static Command Create()
    {
        var (place, trust) = (new LogPlaceOptions(), new LogTrustOptions());
        var output = new Option<DirectoryInfo>("--out", "-o") { Description = "The folder to write; made where it does not exist.", Required = true, HelpName = "FOLDER" };
        var command = new Command("export", Text) { output };
        place.AddTo(command);
        trust.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var log = place.Open(parsed);
            string folder = parsed.GetValue(output)!.FullName;
            Directory.CreateDirectory(folder);
            string checkpoint = Path.Combine(folder, TilePath.Checkpoint);
            var older = File.Exists(checkpoint) ? await CheckpointFiles.ReadAsync(checkpoint, cancellationToken) : null;
            long held = older is not null && Checkpoint.TryParse(older.Text, out var before) ? before.Size : 0;
            var verifier = new TlogVerifier(new CopyingTiles(log.Tiles, folder, held), trust.Read(parsed, log.Keys)) { Older = older, FromIndex = held };
            var found = await LogProgress.ShowAsync($"copying {log.Name}", progress => verifier.VerifyAsync(progress, cancellationToken));
            // Last: until now the folder shows the older state.
            if (found.Report.Succeeded) await CheckpointFiles.WriteAsync(checkpoint, found.Note!, cancellationToken);
            return LogReport.Show(log.Name, found.Report, found.Cosignatures, asJson: false);
        });
    }
}
