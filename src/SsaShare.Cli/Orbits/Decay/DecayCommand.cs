using System.CommandLine;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa decay FILE... --space-weather FILE</summary>
internal static class DecayCommand
{
    private const string Text = """
        When objects come down, with the band that holds nine of ten: object by object, of each the newest orbit in the files. Needs no node. Reads element sets (TLE, 3LE, OMM as CSV, JSON, XML, KVN) and states (OPM, OEM, OCM and other ephemerides; of an ephemeris its first state; with its covariance).

        How strongly the air acts is told by the elements themselves, or by --ballistic; a state needs that. The spread is that of the coefficient, of the model of the air (8 %, and 15 % where --ballistic is given) and of the Sun where its activity is a forecast. On 41 objects that came down 6 to 720 days after their elements, with the activity that was, the life was right within 11 % rms (docs/accuracy.md). It tells when, and between which latitudes, not where; no object that manoeuvres.

        An object that stays up for longer than --years, or has no drag, is an answer too. Ends with 1 when something could not be read or an object not be answered: its activity is not in the file, a state has no coefficient, an orbit is none. --to csv has the columns id,epoch_utc,ballistic_m2_kg,nominal_utc,early_utc,median_utc,late_utc,latitude_deg,reason.

        Examples:
          ssa decay falling.tle --space-weather SW-Last5Years.csv
          ssa decay catalog.csv.gz --space-weather SW-All.txt.gz --years 1 --to csv -o decays.csv
          ssa decay goce.opm --space-weather SW-All.txt --ballistic 0.0035 --ballistic-sigma 0.1 --to json
          ssa decay catalog.csv.gz --id 56951 56967 --space-weather SW-All.txt.gz --known-until 2024-11-01
        """;

    /// <summary>Of the model of the air, relative: for a coefficient that was not found with this very model.</summary>
    private const double DensitySigmaOfShape = 0.15;

    public static Command Create()
    {
        var input = new FormatInput("FILE", "Files of element sets or states", calculates: true);
        var weather = new Option<string>("--space-weather") { Description = "Space weather, measured and forecast: CelesTrak SW-All or SW-Last5Years, text or CSV, as it is or compressed. Where it ends predictions end.", HelpName = "FILE", Required = true };
        var known = UtcOption.Create("--known-until", "Activity after that day is not taken from the file but goes on as it was: what could have been known then.");
        var id = new Option<string[]>("--id") { Description = "Only these objects. Default: all.", HelpName = "NUMBER", AllowMultipleArgumentsPerToken = true };
        var ballistic = new Option<double?>("--ballistic") { Description = "Drag coefficient times area by mass of every object, m2/kg. Default: as the elements shrink.", HelpName = "B" };
        var sigma = new Option<double?>("--ballistic-sigma") { Description = "Its relative error, one sigma. Default 0.1 as the elements tell it, 0.2 with --ballistic.", HelpName = "SHARE" };
        var height = new Option<double>("--height-km") { Description = "Height at which an object has come down, 70 to 120. Default 80.", DefaultValueFactory = _ => new DecayOptions().EndHeightKm, HelpName = "KM" };
        var years = new Option<double>("--years") { Description = "Longest life that is followed, up to 50. Default 25.", DefaultValueFactory = _ => new DecayOptions().LongestYears, HelpName = "YEARS" };
        var samples = new Option<int>("--samples") { Description = "Falls computed to find the spread, 8 to 10000. Default 48.", DefaultValueFactory = _ => new DecayOptions().Samples, HelpName = "COUNT" };
        var to = ResultFormat.Option();
        var output = new Option<string>("--out", "-o") { Description = "The file to write; compressed when its name ends in .gz or .zst. Default, and '-': standard output.", HelpName = "OUT" };
        var command = new Command("decay", Text) { weather, known, id, ballistic, sigma, height, years, samples, to, output };
        input.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            await using var file = new ConvertedFile(path);
            double? coefficient = parsed.GetValue(ballistic);
            var usual = new DecayOptions();
            var options = new DecayOptions
            {
                EndHeightKm = Within(height, parsed.GetValue(height), 70, 120),
                LongestYears = Within(years, parsed.GetValue(years), 0.001, 50),
                Samples = (int)Within(samples, parsed.GetValue(samples), 8, 10_000),
                DensitySigma = coefficient is null ? usual.DensitySigma : DensitySigmaOfShape,
            };
            if (coefficient is { } value) Within(ballistic, value, 0, 1_000);
            double error = Within(sigma, parsed.GetValue(sigma) ?? (coefficient is null ? BallisticEstimate.SigmaOfOneSet : 0.2), 0, 1);
            var activity = Activity(parsed.GetValue(weather)!, parsed.GetValue(known), options.LongestYears);
            var gathered = new DecayInput(input, parsed.GetValue(id) ?? []);
            bool isThere = true;
            foreach (string one in input.Files(parsed)) isThere &= await gathered.AddAsync(parsed, one, cancellationToken);
            foreach (string missing in gathered.Missing) Console.Error.WriteLine($"{missing}: no orbit of it in the files");
            if (gathered.Objects.Count == 0) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            var work = new DecayWork(activity, options, coefficient, error);
            var answers = await ProgressLine.ShowAsync("decay", say => Task.Run(() => Ask(work, gathered.Objects, new ShareTold(say), cancellationToken), cancellationToken));
            await using (var writer = new StreamWriter(file.Open(), leaveOpen: true) { NewLine = "\n" })
            {
                foreach (string line in ResultFormat.Of(parsed, to, path) switch
                {
                    ResultFormat.Json => [DecayFiles.Json(answers, options.EndHeightKm)],
                    ResultFormat.Csv => DecayFiles.Csv(answers),
                    _ => DecayTable.Lines(answers, options.EndHeightKm),
                }) await writer.WriteLineAsync(line);
            }
            file.Keep();
            int predicted = answers.Count(answer => answer.Prediction is not null);
            // Of all that rest on a forecast the one that reaches farthest.
            if (answers.Where(answer => answer.Prediction?.Warning is not null).MaxBy(answer => answer.Middle) is { } farthest) Console.Error.WriteLine($"{farthest.Start.Id}: {farthest.Prediction!.Warning}");
            Console.Error.WriteLine($"{answers.Count:N0} objects, {predicted:N0} predicted{(gathered.Older > 0 ? $"; {gathered.Older:N0} older orbits of them left out" : "")}{(path is null ? "" : $"; to {path}")}");
            if (!isThere) return ExitCodes.NotFound;
            return gathered.IsComplete && !gathered.Missing.Any() && !answers.Any(answer => answer.IsFailure) ? ExitCodes.Ok : ExitCodes.Failure;
        });
    }

    private static List<DecayAnswer> Ask(DecayWork work, IReadOnlyList<OrbitStart> objects, ShareTold told, CancellationToken cancellationToken)
    {
        var answers = new List<DecayAnswer>(objects.Count);
        foreach (var start in objects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            answers.Add(work.Ask(start));
            told.Report((double)answers.Count / objects.Count);
        }
        return answers;
    }

    /// <exception cref="InvalidDataException">The file is not one of space weather.</exception>
    /// <exception cref="FormatException">It does not cover the time before the day.</exception>
    private static SpaceWeather Activity(string path, Epoch? known, double years)
    {
        var table = EarthFiles.ReadWeather(path);
        if (known is not { } last) return table;
        const double DaysPerYear = 365.25;
        return Utc.TrySplit(last, out var day, out _) && ActivityForecast.Persist(table, day, (int)(years * DaysPerYear) + 1) is { } persisted
            ? persisted : throw new FormatException($"--known-until is {Utc.Format(last)[..10]}; {path} has not that day and the 81 days before it.");
    }

    private static double Within(Option option, double value, double least, double most)
        => value >= least && value <= most ? value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {value}; expected {least} to {most}."));
}
