using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The files that a command reads, and how.</summary>
internal sealed class FormatInput
{
    private const string StandardInput = "-";

    /// <summary>Below it a file is done before a bar could be drawn.</summary>
    private const long LongBytes = 16 << 20;

    private readonly Argument<string[]> _files = new("IN") { Description = "Files of any format that 'ssa formats' lists, as they are or compressed (gzip, zstd); '-' reads standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _from = new("--from") { Description = "Format of the files. Default: told by their content.", HelpName = "FORMAT" };
    private readonly Option<bool> _lenient = new("--lenient") { Description = "Take with a notice what has one meaning only although the standard forbids it." };

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_from);
        command.Add(_lenient);
    }

    public string[] Files(ParseResult parsed) => parsed.GetValue(_files)!;

    public static string NameOf(string file) => file == StandardInput ? "(standard input)" : file;

    /// <summary>Opens a file, tells its format and has it gone through, with progress when that takes long.</summary>
    /// <param name="unknown">Gets why the format cannot be told; the file is then not read.</param>
    /// <param name="work">Gets the file.</param>
    public async Task GoThroughAsync(ParseResult parsed, string file, Action<ReadIssue> unknown, Action<ReadIssue> tell, Func<FileWork, FileCounts> work)
    {
        await using var stream = file == StandardInput ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
        using var source = FormatSource.Open(stream);
        string name = NameOf(file);
        ReadIssue? issue = null;
        var format = FormatNames.FindReadable(parsed.GetValue(_from)) ?? FormatCatalog.Default.Recognise(source, name, out issue);
        if (format is null)
        {
            unknown(issue!);
            return;
        }
        var options = new FormatReadOptions { FileName = name, Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Mode = parsed.GetValue(_lenient) ? ReadMode.Lenient : ReadMode.Strict };
        long? bytes = file == StandardInput ? null : stream.Length;
        if (bytes < LongBytes)
        {
            work(new FileWork(source, format, options, tell));
            return;
        }
        // While a bar is drawn nothing else is written; a file has few issues, or it is given up.
        var issues = new List<ReadIssue>();
        await FileProgress.ShowAsync(name, bytes, say => Task.Run(() => work(new FileWork(source, format, options, issues.Add) { Progress = counts => say(new FileStep(source.BytesRead, Text(counts))) })));
        issues.ForEach(tell);
    }

    private static string Text(FileCounts counts) => $"{counts.Read:N0} records{(counts.Refused > 0 ? $", {counts.Refused:N0} refused" : "")}";
}
