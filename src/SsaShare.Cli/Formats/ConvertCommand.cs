using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>ssa convert IN...</summary>
internal static class ConvertCommand
{
    private const string Text = """
        Write files of one format, or of several, as one file of another: element sets, observations, ephemerides, CCSDS messages. Needs no node. What is refused, or cannot be said in the other format, is told line by line and left out; the rest is written. Ends with 1 when anything was left out. A conversion that breaks off leaves no file.

        Examples:
          ssa convert stations.xml --to tle
          ssa convert a.tle b.csv.gz -o catalog.json --to omm-json
          ssa convert track.tdm -o track.xml
          ssa convert - --from b3 --to tdm-kvn --lenient
        """;

    public static Command Create()
    {
        var input = new FormatInput();
        var to = new Option<string>("--to") { Description = "Format to write. Default: as the name of the file that is written says.", HelpName = "FORMAT" };
        var output = new Option<string>("--out", "-o") { Description = "The file to write; compressed when its name ends in .gz or .zst. Default, and '-': standard output.", HelpName = "OUT" };
        var originator = new Option<string>("--originator") { Description = "ORIGINATOR of messages whose source names none.", DefaultValueFactory = _ => "SSASHARE", HelpName = "NAME" };
        var command = new Command("convert", Text);
        input.AddTo(command);
        command.Add(to);
        command.Add(output);
        command.Add(originator);
        return command.Does(async (parsed, cancellationToken) =>
        {
            string? path = parsed.GetValue(output) is { } name && name != FormatInput.StandardStream ? name : null;
            var target = FormatNames.FindWritable(parsed.GetValue(to));
            var options = new FormatWriteOptions { FileName = path ?? "(standard output)", Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Originator = parsed.GetValue(originator)! };
            await using var file = new ConvertedFile(path);
            Conversion? conversion = null;
            bool isComplete = true, isThere = true;
            foreach (string one in input.Files(parsed))
            {
                isThere &= await input.GoThroughAsync(parsed, one, Refuse, Tell, work =>
                {
                    target ??= FormatNames.Guess(work.Format, path);
                    FormatNames.RequireWay(work.Format, target);
                    conversion ??= new Conversion(FormatCatalog.Default, target, file.Open(), options);
                    isComplete &= conversion.Add(work, cancellationToken);
                    return conversion.Counts;
                });
            }
            conversion?.Complete();
            // What a catalog answers when it has nothing is a whole file without records.
            isComplete &= conversion is { Counts: { Written: > 0 } or { Read: 0, Refused: 0 } };
            if (isComplete) file.Keep();
            else if (conversion is { Counts.Written: > 0 }) file.GivePart();
            if (conversion is not null) Console.Error.WriteLine(Summary(conversion.Counts, path, isComplete, file.IsStraight));
            if (!isThere) return ExitCodes.NotFound;
            return isComplete && conversion is { Counts.Refused: 0 } ? ExitCodes.Ok : ExitCodes.Failure;

            void Refuse(ReadIssue issue)
            {
                isComplete = false;
                Tell(issue);
            }
        });
    }

    private static void Tell(ReadIssue issue) => Console.Error.WriteLine(FormatText.Line(issue));

    private static string Summary(FileCounts counts, string? path, bool isComplete, bool isStraight)
    {
        bool isWritten = isComplete || (isStraight && counts.Written > 0);
        string end = isComplete ? path is null ? "" : $" to {path}"
            : isWritten ? "; what is written is not whole"
            : isStraight ? "; nothing is written" : $"; nothing is written, {path} is left as it was";
        return $"{counts.Read:N0} records read{(isWritten ? $", {counts.Written:N0} written" : "")}{(counts.Refused > 0 ? $", {counts.Refused:N0} refused" : "")}{(counts.Notices > 0 ? $", {counts.Notices:N0} notices" : "")}{end}";
    }
}
