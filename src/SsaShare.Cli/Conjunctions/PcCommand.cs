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

        Drag by air whose density is forecast wrongly moves both objects, so their errors are not independent. Where a message states that error (comments 'DCP ...', as NASA and the US Space Force write them), the JSON has the corrected figures as shared_error, and a warning tells where the probability changes by 5 % or more; --shared-error uses it throughout.

        The radius is --radius-m, or else that of the message's comment 'HBR = R [m]'. States are moved to the true closest approach for pc_2d and pc_max, as messages round its time. Covariances are checked; what is remedied or doubtful is told as a warning.

        --history gathers the messages of one event (the same pair, and a time within a quarter of a revolution) and shows in order of creation how probability, miss and covariance evolved, whether the covariance dilutes the probability, and how far the place of passing moved in sigmas.

        Examples:
          ssa pc event.cdm
          ssa pc event-1.cdm event-2.cdm --method all --trials 1000000 --to json -o pc.json
          ssa pc event-*.cdm --history
          ssa pc messages.xml --radius-m 15 --method pc_2d --method pc_max
        """;

    public static Command Create()
    {
        var input = new FormatInput("CDM", "Files of conjunction data messages", calculates: true);
        var options = new PcOptions();
        var to = new Option<string>("--to") { Description = "What is written. Default: a table for people; csv is for --history.", DefaultValueFactory = _ => "table", HelpName = "table|json|csv" };
        to.AcceptOnlyFromAmong("table", "json", "csv");
        var history = new Option<bool>("--history") { Description = "How each event evolved from message to message." };
        var output = new Option<string>("--out", "-o") { Description = "The file to write. Default, and '-': standard output.", HelpName = "OUT" };
        var command = new Command("pc", Text);
        input.AddTo(command);
        options.AddTo(command);
        command.Add(history);
        command.Add(to);
        command.Add(output);
        return command.Does(async (parsed, cancellationToken) =>
        {
            var asked = options.Read(parsed);
            bool isHistory = parsed.GetValue(history);
            if (parsed.GetValue(to) == "csv" && !isHistory) throw new FormatException("--to csv is for --history.");
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            await using var file = new ConvertedFile(path);
            var messages = new List<ConjunctionRead>();
            bool isThere = true;
            int refused = 0;
            foreach (string one in input.Files(parsed))
            {
                (int before, int refusedBefore) = (messages.Count, refused);
                await using var opened = input.Open(parsed, one, Tell, out bool isHere);
                isThere &= isHere;
                if (opened is null) continue;
                foreach (var found in ConjunctionInput.Read(opened))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (found.Issue is { } issue) Tell(issue);
                    else if (found.Message is { } message) messages.Add(new ConjunctionRead(opened.Name, found.Line, message));
                }
                if (messages.Count == before && refused == refusedBefore) Console.Error.WriteLine($"{opened.Name}: notice: holds no conjunction");
            }
            var assessor = new MessageAssessor(asked);
            var results = await ProgressLine.ShowAsync("Probabilities", say => Task.Run(() => assessor.Assess(messages, Tell, new ShareTold(say), cancellationToken), cancellationToken));
            bool isJson = parsed.GetValue(to) == "json";
            // Programs get an array even of nothing.
            if (results.Count == 0 && !isJson) return !isThere ? ExitCodes.NotFound : refused == 0 ? ExitCodes.Ok : ExitCodes.Failure;
            var stream = file.Open();
            if (isHistory) WriteHistory(stream, results, parsed.GetValue(to)!);
            else if (isJson) PcJson.Write(stream, results, assessor.Refused);
            else PcTable.Write(stream, results);
            file.Keep();
            foreach (var one in results.Where(one => one.Assessment.Recommended.Probability is null)) Console.Error.WriteLine($"{one.Read.File}:{one.Read.Line}: no probability: {one.Assessment.Recommended.Reason}");
            if (!isThere) return ExitCodes.NotFound;
            return refused == 0 && results.All(one => one.Assessment.Recommended.Probability is not null) ? ExitCodes.Ok : ExitCodes.Failure;

            void Tell(ReadIssue issue)
            {
                if (issue.Severity == IssueSeverity.Refused) refused++;
                Console.Error.WriteLine(FormatText.Line(issue));
            }
        });
    }

    private static void WriteHistory(Stream stream, IReadOnlyList<AssessedMessage> results, string to)
    {
        var histories = HistoryWords.Of(results);
        if (to == "json") HistoryJson.Write(stream, histories);
        else if (to == "csv") HistoryCsv.Write(stream, histories);
        else HistoryTable.Write(stream, histories);
    }
}
