using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>ssa pc CDM...</summary>
internal static class PcCommand
{
    private const string Text = """
        How probable a collision is, by several methods, and which of them to use and why. Needs no node. Reads conjunction data messages (CCSDS 508.0-B-1) in KVN, XML or JSON, one or many in a file.

        pc_2d: straight lines, numerical (Foster). nc_2d, nc_3d: expected number of collisions on curved paths, of a short encounter and of any (Hall). pc_max: the largest pc_2d over all sizes of the covariance. monte_carlo: trials, with the 95 % interval. What a recommendation needs is computed whatever was asked for.

        The radius is --radius-m, or else that of the message's comment 'HBR = R [m]'. States are moved to the true closest approach for pc_2d and pc_max, as messages round its time. Covariances are checked; what is remedied or doubtful is told as a warning.

        Examples:
          ssa pc event.cdm
          ssa pc event-1.cdm event-2.cdm --method all --trials 1000000 --to json -o pc.json
          ssa pc messages.xml --radius-m 15 --method pc_2d --method pc_max
        """;

    public static Command Create()
    {
        var input = new FormatInput("CDM", "Files of conjunction data messages", calculates: true);
        var options = new PcOptions();
        var to = new Option<string>("--to") { Description = "What is written. Default: a table for people.", DefaultValueFactory = _ => "table", HelpName = "table|json" };
        to.AcceptOnlyFromAmong("table", "json");
        var output = new Option<string>("--out", "-o") { Description = "The file to write. Default, and '-': standard output.", HelpName = "OUT" };
        var command = new Command("pc", Text);
        input.AddTo(command);
        options.AddTo(command);
        command.Add(to);
        command.Add(output);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var asked = options.Read(parsed);
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            await using var file = new ConvertedFile(path);
            var messages = new List<ConjunctionRead>();
            bool isThere = true, isComplete = true;
            foreach (string one in input.Files(parsed))
            {
                await using var opened = input.Open(parsed, one, Tell, out bool isHere);
                isThere &= isHere;
                if (opened is null) continue;
                foreach (var found in ConjunctionInput.Read(opened))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (found.Issue is { } issue) Tell(issue);
                    else if (found.Message is { } message) messages.Add(new ConjunctionRead(opened.Name, found.Line, message));
                }
            }
            var assessor = new MessageAssessor(asked);
            var results = await ProgressLine.ShowAsync("Probabilities", say => Task.Run(() => assessor.Assess(messages, Tell, new ShareTold(say), cancellationToken), cancellationToken));
            if (results.Count == 0) return isThere ? ExitCodes.Failure : ExitCodes.NotFound;
            var stream = file.Open();
            if (parsed.GetValue(to) == "json") PcJson.Write(stream, results);
            else PcTable.Write(stream, results);
            file.Keep();
            foreach (var one in results.Where(one => one.Assessment.Recommended.Probability is null)) Console.Error.WriteLine($"{one.Read.File}:{one.Read.Line}: no probability: {one.Assessment.Recommended.Reason}");
            if (!isThere) return ExitCodes.NotFound;
            return isComplete && results.All(one => one.Assessment.Recommended.Probability is not null) ? ExitCodes.Ok : ExitCodes.Failure;

            void Tell(ReadIssue issue)
            {
                isComplete &= issue.Severity != IssueSeverity.Refused;
                Console.Error.WriteLine(FormatText.Line(issue));
            }
        });
    }
}
