using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa screen CATALOG...</summary>
internal static class ScreenCommand
{
    private const string Text = """
        Find every close approach among the objects of catalogs, all on all or, with --primary, of some on all. Needs no node. Reads element sets (TLE, 3LE, OMM as CSV, JSON, XML, KVN) of objects with a catalogue number; they move by SGP4. Of several sets of one object that nearest to the middle of the span counts.

        --to csv has the columns id_1,id_2,tca_utc,miss_km,relative_speed_km_s, id_1 below id_2, in order of time. json tells besides when a pair is inside the volume, which pairs move together (docked, in formation: below 10 m/s, one line for each stay), and all that was left out and why.

        The span ends before its last instant: spans that follow each other share no approach and lose none. What cannot be screened is told on standard error with its reason and the rest screened; ends with 1 then.

        Examples:
          ssa screen catalog.csv.gz --start 2024-11-01 --hours 24 --threshold-km 5 -o approaches.csv
          ssa screen catalog.csv.gz --primary 25544 48274 --start 2024-11-01T06:00:00Z --hours 72 --box-km 2,25,25 --to json
          ssa screen iridium33-cosmos2251.tle --start 2009-02-10 --hours 24 --threshold-km 1
        """;

    public static Command Create()
    {
        var input = new FormatInput("CATALOG", "Files of element sets", calculates: true);
        var options = new ScreenOptions();
        var to = new Option<string>("--to") { Description = "What is written. Default csv.", DefaultValueFactory = _ => "csv", HelpName = "csv|json" };
        to.AcceptOnlyFromAmong("csv", "json");
        var output = new Option<string>("--out", "-o") { Description = "The file to write; compressed when its name ends in .gz or .zst. Default, and '-': standard output.", HelpName = "OUT" };
        var command = new Command("screen", Text);
        input.AddTo(command);
        options.AddTo(command);
        command.Add(to);
        command.Add(output);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var screening = options.Read(parsed);
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            await using var file = new ConvertedFile(path);
            var catalog = new ScreenedCatalog();
            bool isThere = true;
            foreach (string one in input.Files(parsed)) isThere &= await catalog.AddAsync(input, parsed, one, cancellationToken);
            if (catalog.Objects.Count == 0) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            var report = await ProgressLine.ShowAsync($"Screening {catalog.Objects.Count:N0} element sets", say => Task.Run(() => ConjunctionScreener.Screen(catalog.Objects, screening, new ShareTold(say), cancellationToken), cancellationToken));
            var stream = file.Open();
            if (parsed.GetValue(to) == "json") ScreeningJson.Write(stream, report);
            else ScreeningCsv.Write(stream, report.Approaches);
            file.Keep();
            foreach (string line in ScreeningText.Lines(report)) Console.Error.WriteLine(line);
            Console.Error.WriteLine($"{ScreeningText.Summary(report)}{(path is null ? "" : $"; to {path}")}");
            if (!isThere) return ExitCodes.NotFound;
            return catalog.IsComplete && !report.Issues.Any(issue => issue.IsLoss) ? ExitCodes.Ok : ExitCodes.Failure;
        });
    }
}
