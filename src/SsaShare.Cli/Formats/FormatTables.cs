using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The formats and the keywords of every message, as tables in Markdown.</summary>
internal static class FormatTables
{
    public static IEnumerable<string> Lines()
    {
        yield return "| format | | read | written | ends in |";
        yield return "|---|---|---|---|---|";
        foreach (var format in FormatCatalog.Default.Formats)
            yield return $"| {format.Name} | {format.Title} | {(format.CanRead ? "yes" : "")} | {(format.CanWrite ? "yes" : "")} | {format.Extension} |";
    }
}
