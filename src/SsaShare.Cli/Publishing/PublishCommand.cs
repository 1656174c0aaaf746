using System.CommandLine;
using System.Diagnostics;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa publish FILE...</summary>
internal static class PublishCommand
{
    private const string StandardInput = "-";

    public static Command Create()
    {
        var dir = NodeOptions.Dir();
        var files = new Argument<string[]>("FILE") { Description = "CCSDS tracking, orbit or conjunction messages (TDM, OPM, OMM, CDM), element sets (TLE, OMM in CSV or JSON), observations (B3, CRD, JSON lines), manoeuvre or event notices or sensor descriptions (JSON); '-' reads standard input.", Arity = ArgumentArity.OneOrMore };
        var label = new LabelOptions();
        var command = new Command("publish", "Publish observations, orbit states, element sets, conjunction messages or notices. Lines that are refused are told one by one and kept in the quarantine; the rest is published. Publishing a file twice adds nothing. Ends with 1 when anything was refused.\n\nExamples:\n  ssa publish seeds/observations/atlantic/*.tdm --dir atlantic\n  ssa publish - --level Restricted --dir atlantic") { files, dir };
        label.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
            bool refused = false;
            foreach (string file in parsed.GetValue(files)!)
            {
                await using var stream = file == StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
                string name = file == StandardInput ? "(standard input)" : Path.GetFileName(file);
                long started = Stopwatch.GetTimestamp();
                var outcome = await FileProgress.ShowAsync(name, file == StandardInput ? null : stream.Length,
                    tell => FileSender.SendAsync(client.Admin, stream, name, label.Read(parsed), IngestSource.Cli, progress => tell(Step(progress)), cancellationToken));
                Console.WriteLine(Summary(name, outcome, Stopwatch.GetElapsedTime(started)));
                foreach (var issue in outcome.Issues) Console.Error.WriteLine(Line(issue));
                if (outcome.RestUnread) Console.Error.WriteLine($"{name}: reading stopped before the end; mend what is told and publish again");
                refused |= outcome.Progress.RefusedCount > 0 || outcome.RestUnread;
            }
            if (refused) Console.Error.WriteLine($"What was refused waits in the quarantine: ssa quarantine list --dir {parsed.GetValue(dir)}");
            return refused ? ExitCodes.Failure : ExitCodes.Ok;
        });
    }

    internal static string Line(IngestIssue issue)
        => $"{issue.FileName}:{issue.Line}: {issue.Field}: {(issue.Value.Length == 0 ? "" : $"{issue.Value}: ")}{issue.Reason}; {issue.Remedy}";

    private static FileStep Step(IngestProgress progress)
        => new(progress.ByteCount, $"{progress.AcceptedCount + progress.DuplicateCount:N0} records{(progress.RefusedCount > 0 ? $", {progress.RefusedCount:N0} refused" : "")}");

    private static string Summary(string name, IngestOutcome outcome, TimeSpan elapsed)
    {
        var counts = outcome.Progress;
        double seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        return $"{name}: {counts.AcceptedCount:N0} published, {counts.DuplicateCount:N0} known already, {counts.RefusedCount:N0} refused; "
            + $"{counts.ByteCount / 1e6:N1} MB in {seconds:N1} s, {(counts.AcceptedCount + counts.DuplicateCount) / seconds:N0} records/s";
    }
}
