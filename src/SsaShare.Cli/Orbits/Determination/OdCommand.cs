using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa od OBSERVATIONS... --sensors FILE</summary>
internal static class OdCommand
{
    private const string Text = """
        Determine an object's orbit from its observations: batch least squares with editing, biases of the sensors, drag and radiation pressure. Needs no node. Reads radar and laser ranges, range rates, azimuth and elevation, right ascension and declination in any format of observations (B3, IOD, UK, RDE, TDM, CRD, JSON lines).

        Tells state and covariance in GCRF, biases (measured less true), statistics of the residuals for each sensor and type, whether they agree with the covariance (realism), what was considered, and what was edited and why. Without --prior a first orbit is found from a pass with positions (Gibbs, Herrick and Gibbs), from two positions (Lambert) or from three lines of sight (Gauss, Gooding); ranges alone need one. Sensors in orbit have a platform_ephemeris in the file of sensors; its covariance, where it has one, is considered. Ends with 1 when there is no orbit, or when some observations could not be read.

        One arc holds a few days in low orbit, a week or two above: where corrections do not settle take less with --start and --stop. The orbit is integrated to millimetres; what the forces leave out is said with --forces. The OCM has state, covariance, surface coefficients and how the orbit was determined; the OEM covariances over the span.

        Examples:
          ssa od 7734.OBS --sensors SENSOR.DAT
          ssa od 5398.obs.gz --sensors SENSOR.DAT --start 1996-12-15 --stop 1996-12-18 --to json -o fit.json
          ssa od lageos2.npt --sensors stations.json --prior lageos2.opm --ballistic 0 --radiation 7.9e-4 --correlation 0 --biases fixed
          ssa od night1.tdm night2.tdm --sensors telescopes.json --biases consider
          ssa od a.tdm b.tdm --sensors sensors.json --prior 25544.tle --to ocm
        """;

    public static Command Create()
    {
        var input = new FormatInput("OBSERVATIONS", "Files of observations of one object", calculates: true);
        var options = new OdOptions();
        var to = new Option<string>("--to") { Description = "What is written: a table for people (default), all of it as JSON, state with covariance as OCM, or the orbit over the span of the observations as OEM.", DefaultValueFactory = _ => "table", HelpName = "table|json|ocm|oem" };
        to.AcceptOnlyFromAmong("table", "json", "ocm", "oem");
        var output = new Option<string>("--out", "-o") { Description = "The file to write; compressed when its name ends in .gz or .zst. Default, and '-': standard output.", HelpName = "OUT" };
        var originator = new Option<string>("--originator") { Description = "ORIGINATOR of messages.", DefaultValueFactory = _ => "SSASHARE", HelpName = "NAME" };
        var command = new Command("od", Text) { to, output, originator };
        input.AddTo(command);
        options.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            await using var file = new ConvertedFile(path);
            var rotation = new EarthRotation(options.Orientation(parsed));
            var gathered = new OdInput(input, options, rotation);
            var prior = await gathered.PriorAsync(parsed);
            var observations = await gathered.ObservationsAsync(parsed, cancellationToken);
            if (!gathered.IsThere) return ExitCodes.NotFound;
            var problem = options.Problem(parsed, observations, prior, rotation, out var warnings);
            foreach (string warning in warnings) Console.Error.WriteLine(warning);
            var solution = await ProgressLine.ShowAsync("od", say => Task.Run(() => problem.Solve(say), cancellationToken));
            if (solution.Outcome is not OrbitFitOutcome.Fitted(var fit))
            {
                var failed = (OrbitFitOutcome.Failed)solution.Outcome;
                Console.Error.WriteLine($"ssa: No orbit from {observations.Count:N0} observations ({failed.Reason}): {failed.Detail}");
                return ExitCodes.Failure;
            }
            var result = new OdResult(gathered.Id, fit, observations, problem, solution, warnings);
            var writing = new FormatWriteOptions { FileName = path ?? "(standard output)", Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Originator = parsed.GetValue(originator)! };
            Write(parsed.GetValue(to)!, file.Open(), result, writing);
            file.Keep();
            return gathered.IsComplete ? ExitCodes.Ok : ExitCodes.Failure;
        });
    }

    private static void Write(string to, Stream stream, OdResult result, FormatWriteOptions options)
    {
        switch (to)
        {
            case "json":
                OdJson.Write(stream, result);
                break;
            case "ocm":
                OdMessages.Ocm(stream, result, options);
                break;
            case "oem":
                OdMessages.Oem(stream, result, options);
                break;
            default:
                using (var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" })
                    foreach (string line in OdTable.Lines(result)) writer.WriteLine(line);
                break;
        }
    }
}
