using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>What happened to each file of some folders, as a table in Markdown.</summary>
internal static class FormatReport
{
    private const int LongestObjection = 80;

    public static IEnumerable<string> Lines(DirectoryInfo[] folders, CancellationToken cancellationToken)
    {
        if (folders.FirstOrDefault(folder => !folder.Exists) is { } missing) throw new DirectoryNotFoundException($"There is no folder {missing.FullName}.");
        string root = Common([.. folders.Select(folder => folder.FullName)]);
        yield return "| file | format | strict | lenient | written and read back |";
        yield return "|---|---|---|---|---|";
        foreach (string file in folders.SelectMany(folder => Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories)).Distinct().Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var strict = Try(file, ReadMode.Strict);
            var lenient = strict.Refused > 0 && strict.Format is not null ? Try(file, ReadMode.Lenient) : null;
            yield return $"| {Cell(Path.GetRelativePath(root, file))} | {strict.Format?.Name ?? "-"} | {Cell(Outcome(strict))} | {Cell(lenient is null ? "" : Outcome(lenient))} | {Cell(Copies(lenient is { Records: var read } && read > strict.Records ? lenient : strict))} |";
        }
    }

    private static FormatTrial Try(string file, ReadMode mode)
    {
        using var stream = File.OpenRead(file);
        return FormatTrial.Of(FormatCatalog.Default, stream, new FormatReadOptions { FileName = Path.GetFileName(file), Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Mode = mode });
    }

    private static string Outcome(FormatTrial trial)
    {
        string read = string.Create(CultureInfo.InvariantCulture, $"{trial.Records:N0} read");
        if (trial.First is not { } first) return read;
        string where = $"line {first.Line}: {first.Field}: {first.Reason}";
        if (trial.Format is null) return first.Reason;
        return trial.Refused == 0 ? $"{read}, notice: {where}" : string.Create(CultureInfo.InvariantCulture, $"{(trial.Records > 0 ? $"{read}, " : "")}{trial.Refused:N0} refused: {where}");
    }

    /// <summary>Formats that can hold nothing of it are left out.</summary>
    private static string Copies(FormatTrial trial)
    {
        var held = trial.Written.Where(copy => copy.Held > 0).ToList();
        string equal = string.Join(", ", held.Where(copy => copy.IsEqual).Select(copy => copy.Format.Name));
        return string.Join("; ", held.Where(copy => !copy.IsEqual)
            .Select(copy => string.Create(CultureInfo.InvariantCulture, $"{copy.Format.Name}{(copy.Held < trial.Records ? $" {copy.Held:N0} of {trial.Records:N0}" : "")}: {Short(copy.Objection!)}"))
            .Prepend(equal.Length > 0 ? $"equal: {equal}" : "").Where(text => text.Length > 0));
    }

    private static string Short(string text) => text.Length <= LongestObjection ? text : $"{text[..LongestObjection]}...";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Common(string[] paths)
    {
        string common = Path.GetDirectoryName(paths[0]) ?? paths[0];
        while (!Array.TrueForAll(paths, path => path.StartsWith(common + Path.DirectorySeparatorChar, StringComparison.Ordinal)) && Path.GetDirectoryName(common) is { } above) common = above;
        return common;
    }
}
