using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa screen FILE...</summary>
internal static class ScreenCommand
{
    private const string Text = """
        Find every close approach among the objects of files, all on all or, with --primary, of some on all. Needs no node. Any mix is read of element sets (TLE, 3LE, OMM as CSV, JSON, XML, KVN), which move by SGP4; ephemerides (OEM, trajectories of OCM, CPF, SP3, STK, ITC), which are interpolated; and states (OPM; OCM of one state), which are followed numerically with the manoeuvres planned in them. Covariances that they state are carried to each approach, with the errors that an OCM states of its burns.

        Of several element sets of one object that nearest to the middle of the span counts; an ephemeris counts before a state, and either before elements. An object without a catalogue number goes by that of its international designator if a catalog among the files has it, else by a number above 1,000,000,000 that follows from its name, told on standard error.

        --to csv has the columns id_1,id_2,tca_utc,miss_km,relative_speed_km_s, id_1 below id_2, in order of time. json tells besides when a pair is inside the volume, which pairs move together (docked, in formation: below 10 m/s, one line for each stay), and all that was left out and why.

        cdm writes a conjunction data message (CCSDS 508.0-B-1) for each approach, in KVN one after another; cdm-xml and cdm-json the same in their syntax. To a folder (OUT ends in /, or is one) there is a file for each, named by its MESSAGE_ID. States are in GCRF, or with --frame eme2000 in EME2000. The probability needs radii: --radius-m counts for every object of which none is known. `ssa pc` reads them again, and finds the same probability.

        The span ends before its last instant: spans that follow each other share no approach and lose none. What cannot be screened is told on standard error with its reason and the rest screened; ends with 1 then.

        Examples:
          ssa screen catalog.csv.gz --start 2024-11-01 --hours 24 --threshold-km 5 -o approaches.csv
          ssa screen catalog.csv.gz --primary 25544 48274 --start 2024-11-01T06:00:00Z --hours 72 --box-km 2,25,25 --to json
          ssa screen catalog.csv.gz --primary 25544 --start 2024-11-01 --hours 72 --threshold-km 5 --to cdm --radius-m 5 -o messages/
          ssa screen catalog.csv.gz operator.oem planned.opm --objects fleet.csv --start 2024-11-01 --hours 72 --threshold-km 5
          ssa screen catalog.csv.gz --plan burns.opm --primary 25544 --start 2024-11-01 --hours 72 --threshold-km 5
          ssa screen iridium33-cosmos2251.tle --start 2009-02-10 --hours 24 --threshold-km 1
        """;

    public static Command Create()
    {
        var input = new FormatInput("FILE", "Files of element sets, ephemerides and states", calculates: true);
        var options = new ScreenOptions();
        var messages = new MessageOptions();
        string[] formats = ["csv", "json", .. MessageOptions.Formats];
        var to = new Option<string>("--to") { Description = "What is written. Default csv.", DefaultValueFactory = _ => "csv", HelpName = string.Join('|', formats) };
        to.AcceptOnlyFromAmong(formats);
        var output = new Option<string>("--out", "-o") { Description = "The file to write, for messages or the folder; compressed when its name ends in .gz or .zst. Default, and '-': standard output.", HelpName = "OUT" };
        var command = new Command("screen", Text);
        input.AddTo(command);
        options.AddTo(command);
        messages.AddTo(command);
        command.Add(to);
        command.Add(output);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var screening = options.Read(parsed);
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            var task = messages.Read(parsed, parsed.GetValue(to)!);
            using var folder = task is not null && path is not null && MessageFolder.IsOne(path) ? new MessageFolder(path) : null;
            await using var file = folder is null ? new ConvertedFile(path) : null;
            var settings = options.Objects(parsed);
            var rotation = options.Rotation(parsed);
            var catalog = new ScreenedCatalog(rotation);
            bool isThere = true;
            foreach (string one in input.Files(parsed)) isThere &= await catalog.AddAsync(input, parsed, one, isPlan: false, cancellationToken);
            foreach (string one in options.Plans(parsed)) isThere &= await catalog.AddAsync(input, parsed, one, isPlan: true, cancellationToken);
            var propagator = new Lazy<Propagator>(() => options.Propagator(parsed, rotation));
            catalog.Compose(screening, settings, () => propagator.Value, Console.Error.WriteLine);
            if (propagator.IsValueCreated)
                foreach (string warning in propagator.Value.Forces.Warnings(screening.Start, screening.End, withDrag: true)) Console.Error.WriteLine(warning);
            if (catalog.Objects.Count == 0) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            ScreeningReport report;
            try
            {
                report = await ProgressLine.ShowAsync($"Screening {catalog.Objects.Count:N0} objects", say => Task.Run(() => ConjunctionScreener.Screen(catalog.Objects, screening, new ShareTold(say), cancellationToken), cancellationToken));
            }
            catch (CrowdedScreeningException refusal)
            {
                Console.Error.WriteLine(refusal.Message);
                return ExitCodes.Failure;
            }
            var written = task is null ? null : new ScreeningMessages(report, catalog.Encounter, task);
            var stream = file?.Open();
            if (written is not null) await WriteAsync(written, task!, stream, folder, path, cancellationToken);
            else if (parsed.GetValue(to) == "json") ScreeningJson.Write(stream!, report, catalog.Numbers.Assigned);
            else ScreeningCsv.Write(stream!, report.Approaches);
            // KVN has no form for no message, and no reader takes the others' for one; an older file must not pass for the result.
            bool isNone = written is { Written: 0 } && folder is null && path is not null;
            if (isNone) File.Delete(path!);
            else file?.Keep();
            foreach (string line in ScreeningText.Lines(report).Concat(written?.Lines() ?? [])) Console.Error.WriteLine(line);
            Console.Error.WriteLine($"{ScreeningText.Summary(report)}{(path is null ? "" : isNone ? $"; without a message there is no {path}" : $"; to {path}")}");
            if (!isThere) return ExitCodes.NotFound;
            return catalog.IsComplete && !report.Issues.Any(issue => issue.IsLoss) && written is not { NotMade.Count: > 0 } ? ExitCodes.Ok : ExitCodes.Failure;
        });
    }

    /// <param name="stream">Null where there is a folder.</param>
    private static async Task WriteAsync(ScreeningMessages messages, MessageTask task, Stream? stream, MessageFolder? folder, string? path, CancellationToken cancellationToken)
    {
        var several = stream is null ? null : new MessageStream(stream, path ?? "(standard output)", task, holdsSeveral: true);
        await ProgressLine.ShowAsync("Conjunction messages", say => Task.Run(() =>
        {
            messages.WriteTo(message => several?.Write(message) ?? folder?.Write(message, task), new ShareTold(say), cancellationToken);
            return true;
        }, cancellationToken));
        several?.Complete();
        folder?.Keep();
    }
}
