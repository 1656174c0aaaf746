using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa plot groundtrack IN...</summary>
internal static class GroundTrackCommand
{
    /// <summary>More lines than can be told apart.</summary>
    private const int MostTracks = 8;

    private const string Text = """
        Where objects pass over the ground: of element sets by SGP4, of ephemerides (OEM, OCM, STK, ITC) by their own points. A ring marks where a track begins. With --sensors the sites of sensors too.

        Examples:
          ssa plot groundtrack stations.tle -o track.svg --minutes 0:270:0.5
          ssa plot groundtrack stations.tle -o track.svg --start 2024-11-01 --stop 2024-11-01T03:00:00 --sensors SENSOR.DAT --sensor 354 --sensor 932
          ssa plot groundtrack orbit.oem -o track.svg --title "Three days"
        """;

    public static Command Create()
    {
        var input = new FormatInput("IN", "Files of element sets or ephemerides", calculates: true);
        Option<Epoch?> start = UtcOption.Create("--start", "First instant, of element sets."), stop = UtcOption.Create("--stop", "No instant after it.");
        var step = new Option<decimal?>("--step") { Description = "Seconds between points. Default 30.", HelpName = "SECONDS" };
        var minutes = new Option<string>("--minutes") { Description = "Instead of --start: minutes from each set's own epoch, FROM:TO:STEP. Default 0:180:0.5.", HelpName = "A:B:STEP" };
        var sensors = new Option<string>("--sensors") { Description = "A file of sensors: SENSOR.DAT or our JSON.", HelpName = "FILE" };
        var shown = new Option<string[]>("--sensor") { Description = "Only this sensor; can be given several times.", HelpName = "ID" };
        Option<string> output = PlotCommands.Output(), title = PlotCommands.Title();
        var command = new Command("groundtrack", Text) { start, stop, step, minutes, sensors, shown, title, output };
        input.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var times = PropagateOptions.Times(parsed.GetValue(start), parsed.GetValue(stop), parsed.GetValue(step), parsed.GetValue(minutes), 30, "0:180:0.5");
            var sites = parsed.GetValue(sensors) is { } file ? Chosen(SensorFiles.Read(file), parsed.GetValue(shown)!) : [];
            var rotation = new EarthRotation(EarthOrientation.Default.Extended());
            var tracks = new GroundTracks(rotation);
            var run = new PropagationRun(new Sgp4Model(rotation, Frame.Itrf), times, tracks) { Tell = Console.Error.WriteLine };
            bool isThere = true, isComplete = true;
            foreach (string one in input.Files(parsed))
            {
                await using var opened = input.Open(parsed, one, Tell, out bool isHere);
                isThere &= isHere;
                if (opened is null) continue;
                foreach (var found in OrbitInput.Read(opened, EphemerisStatesWanted.All))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (found.Issue is { } issue) Tell(issue);
                    else if (found.Start is { State: { } state } point) tracks.Add(point.Id, state.State);
                    else if (found.Start is { } set) run.Add(set);
                    if (tracks.Count > MostTracks || run.Objects > MostTracks) throw new FormatException($"More than {MostTracks} objects; they could not be told apart. Choose some.");
                }
            }
            run.Complete();
            if (tracks.Count == 0) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            await PlotCommands.WriteAsync(GroundTrackPlot.Draw(parsed.GetValue(title) ?? $"Ground track{(tracks.Count > 1 ? "s" : "")}, {tracks.Span}", tracks.All, [.. sites.Select(sensor => (sensor.Name ?? sensor.Id, sensor.Site!.Value))]), parsed.GetValue(output)!);
            return !isThere ? ExitCodes.NotFound : isComplete && run.Failed == 0 ? ExitCodes.Ok : ExitCodes.Failure;

            void Tell(ReadIssue issue)
            {
                isComplete &= issue.Severity != IssueSeverity.Refused;
                Console.Error.WriteLine(FormatText.Line(issue));
            }
        });
    }

    /// <summary>Those on the ground, or those that are named.</summary>
    /// <exception cref="FormatException">One that is named is not there, or not on the ground.</exception>
    private static List<SensorDescription> Chosen(IReadOnlyList<SensorDescription> sensors, string[] ids)
        => ids.Length == 0
            ? [.. sensors.Where(sensor => sensor.Site is not null)]
            : [.. ids.Select(id => sensors.FirstOrDefault(sensor => sensor.Id == id && sensor.Site is not null) ?? throw new FormatException($"--sensor is '{id}'; the file has no such sensor on the ground."))];
}
