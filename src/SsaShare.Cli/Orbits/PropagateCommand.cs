using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa propagate ELEMENTS</summary>
internal static class PropagateCommand
{
    private const string Text = """
        Where objects are at given times: SGP4 for element sets, or numerical propagation. Needs no node. Reads element sets (TLE, 3LE, OMM as CSV, JSON, XML, KVN) and, with --model numerical, states too (OPM, OEM, OCM and other ephemerides; of an ephemeris its first state). What fails is told on standard error with its SGP4 error, the rest goes on; ends with 1 then. Times are counted in seconds of TAI, so a leap second (23:59:60) is a second like any other.

        SGP4 is the published theory in improved mode with WGS-72. The numerical model begins with SGP4's state at the elements' epoch and carries SGP4's own error along, about a kilometre in low orbit; a state of an OPM has no such error. Its covariance is carried with it.

        Frames: TEME of date (SGP4's own; the default with it), GCRF (default of the numerical model), ITRF (default of czml). --to csv has the columns id,epoch_utc,x_km,y_km,z_km,vx_km_s,vy_km_s,vz_km_s, to a micrometre; the table has metres.

        Examples:
          ssa propagate stations.tle --start 2024-11-01T00:00:00Z --stop 2024-11-02 --step 60
          ssa propagate catalog.csv.gz --minutes 0:1440:10 --frame itrf -o states.csv.gz
          ssa propagate stations.tle --start 2024-11-01 --stop 2024-11-02 --step 60 --to oem -o stations.oem
          ssa propagate lageos.opm --model numerical --minutes 0:10080:60 --gravity-degree 36 --radiation 0.0008 --to json
          ssa propagate SGP4-VER.TLE --minutes 0:2880:120
        """;

    public static Command Create()
    {
        var input = new FormatInput("ELEMENTS", "Files of element sets or, for the numerical model, of states", calculates: true);
        var options = new PropagateOptions();
        var command = new Command("propagate", Text);
        input.AddTo(command);
        options.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var task = options.Read(parsed);
            string? path = options.Path(parsed);
            await using var file = new ConvertedFile(path);
            PropagationRun? run = null;
            bool isComplete = true, isThere = true;
            foreach (string one in input.Files(parsed))
            {
                var told = new List<string>();
                await using var opened = input.Open(parsed, one, Refuse, out bool isHere);
                isThere &= isHere;
                if (opened is not null)
                {
                    run ??= new PropagationRun(task.Model, task.Times, task.Writer(file.Open()));
                    // A terminal that shows the states themselves needs no bar.
                    if (path is not null || Console.IsOutputRedirected) await FileProgress.ShowAsync(opened.Name, opened.Bytes, say => Task.Run(() => Follow(say)));
                    else Follow(_ => { });
                }
                told.ForEach(Console.Error.WriteLine);

                void Refuse(ReadIssue issue)
                {
                    isComplete &= issue.Severity != IssueSeverity.Refused;
                    told.Add(FormatText.Line(issue));
                }

                bool Follow(Action<FileStep> say)
                {
                    run.Tell = told.Add;
                    foreach (var found in OrbitInput.Read(opened))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (found.Issue is { } issue) Refuse(issue);
                        if (found.Start is not { } start) continue;
                        run.Add(start);
                        say(new FileStep(opened.Source.BytesRead, $"{run.Objects:N0} objects, {run.States:N0} states"));
                    }
                    run.Flush();
                    return true;
                }
            }
            if (run is null) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            run.Complete();
            if (run.States > 0) file.Keep();
            if (run.Span is var (first, last)) foreach (string warning in task.Model.Warnings(first, last)) Console.Error.WriteLine(warning);
            Console.Error.WriteLine($"{run.Objects:N0} objects, {run.States:N0} states{(run.Failed > 0 ? $"; {run.Failed:N0} objects failed at some time" : "")}{(run.States > 0 ? path is null ? "" : $"; to {path}" : "; nothing is written")}");
            if (!isThere) return ExitCodes.NotFound;
            return isComplete && run is { Failed: 0, IsCurtailed: false, States: > 0 } ? ExitCodes.Ok : ExitCodes.Failure;
        });
    }
}
