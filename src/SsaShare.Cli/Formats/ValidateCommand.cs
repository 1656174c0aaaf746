using System.CommandLine;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>ssa validate IN...</summary>
internal static class ValidateCommand
{
    private const string Text = """
        Check files of any format against their standard: one line for each complaint, as file:line: keyword: reason, then what came of each file. Needs no node. Ends with 1 when anything is refused, with 3 when a file is not there; the others are checked all the same.

        Examples:
          ssa validate track.tdm orbits/*.xml
          ssa validate --lenient catalog.tle.gz
          ssa validate - --from omm-csv -o json
        """;

    public static Command Create()
    {
        var input = new FormatInput();
        var output = new Option<string>("--output", "-o") { Description = "As a table for people, or one JSON document.", DefaultValueFactory = _ => "table", HelpName = "table|json" };
        output.AcceptOnlyFromAmong("table", "json");
        var command = new Command("validate", Text);
        input.AddTo(command);
        command.Add(output);
        return command.Does(async (parsed, cancellationToken) =>
        {
            bool isTable = parsed.GetValue(output) == "table";
            var files = new List<ValidatedFile>();
            bool isThere = true;
            foreach (string one in input.Files(parsed))
            {
                var file = new ValidatedFile(FormatInput.NameOf(one));
                files.Add(file);
                isThere &= await input.GoThroughAsync(parsed, one, Tell, Tell, work =>
                {
                    file.Format = work.Format.Name;
                    return file.Counts = work.Validate(cancellationToken);
                });

                void Tell(ReadIssue issue)
                {
                    file.IsRefused |= issue.Severity == IssueSeverity.Refused;
                    if (isTable) Console.WriteLine(FormatText.Line(issue));
                    else file.Issues.Add(issue);
                }
            }
            if (isTable) Array.ForEach([.. FormatText.Table(files)], Console.WriteLine);
            else Console.WriteLine(FormatText.Json(files));
            return !isThere ? ExitCodes.NotFound : files.Exists(file => file.IsRefused) ? ExitCodes.Failure : ExitCodes.Ok;
        });
    }
}

/// <summary>What came of a file.</summary>
internal sealed class ValidatedFile(string name)
{
    public string Name { get; } = name;

    /// <summary>Null when it could not be told.</summary>
    public string? Format { get; set; }

    public FileCounts Counts { get; set; } = new();

    public bool IsRefused { get; set; }

    /// <summary>Kept where they are told all together.</summary>
    public List<ReadIssue> Issues { get; } = [];
}
