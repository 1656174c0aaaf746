using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa maneuvers ELEMENT-HISTORY</summary>
internal static class ManeuversCommand
{
    private const string Text = """
        Find an object's manoeuvres in the history of its element sets (TLE, 3LE, OMM as CSV, JSON, XML, KVN). Needs no node. Found are burns that change the period, from about 1 mm/s on; pure plane changes and radial burns are not. A confidence of 0.8 is reached at nine standard deviations. docs/accuracy.md says how often it is right.

        --to csv has the columns time_utc,delta_v_m_s,confidence; table and json tell the parts along and across the track, the significance and the first element set that shows the manoeuvre too. --since and --until choose among the manoeuvres; all element sets are used to find them.

        Examples:
          ssa maneuvers CryoSat-2.tle
          ssa maneuvers Jason-2.tle --since 2013-01-01 --until 2014-01-01
          ssa maneuvers history.json.gz --id 25544 --to json
        """;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static Command Create()
    {
        var input = new FormatInput("ELEMENT-HISTORY", "Files of one object's element sets over months or years", calculates: true);
        var id = new Option<string>("--id") { Description = "The object, where the files have several.", HelpName = "NUMBER" };
        var since = UtcOption.Create("--since", "No manoeuvres before it.");
        var until = UtcOption.Create("--until", "No manoeuvres from it on.");
        var to = ResultFormat.Option();
        var output = new Option<string>("--out", "-o") { Description = "The file to write. Default, and '-': standard output.", HelpName = "OUT" };
        var command = new Command("maneuvers", Text) { id, since, until, to, output };
        input.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            await using var file = new ConvertedFile(path);
            var history = new ElementHistoryFiles(parsed.GetValue(id));
            bool isThere = true;
            foreach (string one in input.Files(parsed)) isThere &= await history.AddAsync(input, parsed, one, cancellationToken);
            if (history.Sets.Count == 0) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            var found = await Task.Run(() => new ManeuverDetector().Detect(history.Sets), cancellationToken);
            DetectedManeuver[] shown = [.. found.Where(one => !(one.Time < parsed.GetValue(since)) && !(one.Time >= parsed.GetValue(until)))];
            await using (var writer = new StreamWriter(file.Open(), leaveOpen: true) { NewLine = "\n" })
            {
                switch (ResultFormat.Of(parsed, to, path))
                {
                    case ResultFormat.Json:
                        await writer.WriteLineAsync(Json(history.Id!, history.Sets, shown));
                        break;
                    case ResultFormat.Csv:
                        foreach (string line in Csv(shown)) await writer.WriteLineAsync(line);
                        break;
                    default:
                        foreach (string line in ManeuversTable.Lines(history.Id!, history.Sets, shown)) await writer.WriteLineAsync(line);
                        break;
                }
            }
            file.Keep();
            Console.Error.WriteLine($"{history.Id}: {history.Sets.Count:N0} element sets, {shown.Length:N0} manoeuvres{(shown.Length < found.Count ? $" of {found.Count:N0}" : "")}");
            return !isThere ? ExitCodes.NotFound : history.IsComplete ? ExitCodes.Ok : ExitCodes.Failure;
        });
    }

    private static IEnumerable<string> Csv(IEnumerable<DetectedManeuver> maneuvers)
        => maneuvers.Select(one => string.Create(CultureInfo.InvariantCulture, $"{Time(one.Time)},{one.DeltaVMPerS:F4},{one.Confidence:F3}")).Prepend("time_utc,delta_v_m_s,confidence");

    private static string Json(string id, List<ElementSet> sets, IEnumerable<DetectedManeuver> maneuvers) => JsonSerializer.Serialize(new
    {
        id,
        element_sets = sets.Count,
        first_epoch_utc = Utc.Format(sets.Min(set => set.Epoch)),
        last_epoch_utc = Utc.Format(sets.Max(set => set.Epoch)),
        maneuvers = maneuvers.Select(one => new
        {
            time_utc = Time(one.Time),
            delta_v_m_s = Math.Round(one.DeltaVMPerS, 6),
            confidence = Math.Round(one.Confidence, 4),
            along_track_m_s = Math.Round(one.AlongTrackMPerS, 6),
            cross_track_m_s = Math.Round(one.CrossTrackMPerS, 6),
            significance = Math.Round(one.Significance, 2),
            first_seen_utc = Time(one.FirstSeen),
        }),
    }, Options);

    /// <summary>To the second: manoeuvres are found to minutes at best.</summary>
    private static string Time(Epoch epoch) => $"{Utc.Format(epoch)[..19]}Z";
}
