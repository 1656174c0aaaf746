using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The files that a command reads, and how.</summary>
internal sealed class FormatInput
{
    /// <summary>Standard input, or output where a file is written.</summary>
    public const string StandardStream = "-";

    /// <summary>Below it a file is done before a bar could be drawn.</summary>
    private const long LongBytes = 16 << 20;

    private readonly Argument<string[]> _files;
    private readonly Option<string> _from = new("--from") { Description = "Format of the files. Default: told by their content.", HelpName = "FORMAT" };
    private readonly Option<bool> _mode;
    private readonly bool _calculates;

    /// <param name="argument">What the help calls the files.</param>
    /// <param name="what">Which files are meant.</param>
    /// <param name="calculates">The files are calculated with, not judged or sent on: what has one meaning only is taken, and wrong checksums too, each with a notice, unless told to be strict.</param>
    public FormatInput(string argument = "IN", string what = "Files of any format that 'ssa formats' lists", bool calculates = false)
    {
        _calculates = calculates;
        _mode = calculates
            ? new("--strict") { Description = "Refuse what the formats' standards forbid, and element sets with a wrong checksum. Default: taken with a notice where it has one meaning only." }
            : new("--lenient") { Description = "Take with a notice what has one meaning only although the standard forbids it." };
        _files = new(argument) { Description = $"{what}, as they are or compressed (gzip, zstd); '-' reads standard input.", Arity = ArgumentArity.OneOrMore };
    }

    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_from);
        command.Add(_mode);
    }

    public string[] Files(ParseResult parsed) => parsed.GetValue(_files)!;

    public static string NameOf(string file) => file == StandardStream ? "(standard input)" : file;

    /// <summary>Opens a file, tells its format and has it gone through, with progress when that takes long.</summary>
    /// <param name="unknown">Gets why the file cannot be opened or its format not be told; it is then not read.</param>
    /// <param name="work">Gets the file.</param>
    /// <returns>False when there is no such file.</returns>
    public async Task<bool> GoThroughAsync(ParseResult parsed, string file, Action<ReadIssue> unknown, Action<ReadIssue> tell, Func<FileWork, FileCounts> work)
    {
        await using var opened = Open(parsed, file, unknown, out bool isThere);
        if (opened is null) return isThere;
        var (name, source, format, options, bytes) = (opened.Name, opened.Source, opened.Format, opened.Options, opened.Bytes);
        if (bytes < LongBytes)
        {
            work(new FileWork(source, format, options, tell));
            return true;
        }
        // While a bar is drawn nothing else is written; a file has few issues, or it is given up.
        var issues = new List<ReadIssue>();
        await FileProgress.ShowAsync(name, bytes, say => Task.Run(() => work(new FileWork(source, format, options, issues.Add) { Progress = counts => say(new FileStep(source.BytesRead, Text(counts))) })));
        issues.ForEach(tell);
        return true;
    }

    /// <summary>Opens a file and tells its format.</summary>
    /// <param name="unknown">Gets why the file cannot be opened or its format not be told.</param>
    /// <param name="isThere">False when there is no such file.</param>
    /// <returns>Null when it cannot be read.</returns>
    public FormatInputFile? Open(ParseResult parsed, string file, Action<ReadIssue> unknown, out bool isThere)
    {
        string name = NameOf(file);
        isThere = true;
        if (Open(file, out var unread) is not { } stream)
        {
            unknown(new ReadIssue(name, 1, IssueSeverity.Refused, "file", "", unread is null ? "there is no such file" : unread.Message.TrimEnd('.'), "check its name"));
            isThere = unread is not null;
            return null;
        }
        var source = FormatSource.Open(stream);
        ReadIssue? issue = null;
        var format = FormatNames.FindReadable(parsed.GetValue(_from)) ?? FormatCatalog.Default.Recognise(source, name, out issue);
        if (format is null)
        {
            unknown(issue!);
            source.Dispose();
            stream.Dispose();
            return null;
        }
        bool isLenient = parsed.GetValue(_mode) != _calculates;
        var options = new FormatReadOptions { FileName = name, Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Mode = isLenient ? ReadMode.Lenient : ReadMode.Strict, TakesWrongChecksums = _calculates && isLenient };
        return new FormatInputFile(name, stream, source, format, options, file == StandardStream ? null : stream.Length);
    }

    /// <param name="unread">Why it cannot be read; null when there is none.</param>
    private static Stream? Open(string file, out Exception? unread)
    {
        unread = null;
        try
        {
            if (file != StandardStream && Directory.Exists(file)) unread = new IOException("a folder, not a file");
            return unread is not null ? null : file == StandardStream ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            unread = e;
            return null;
        }
    }

    private static string Text(FileCounts counts) => $"{counts.Read:N0} records{(counts.Refused > 0 ? $", {counts.Refused:N0} refused" : "")}";
}
