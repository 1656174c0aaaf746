using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The formats, and the keywords of every message as the tables have them that drive reading and writing: in Markdown.</summary>
internal static class FormatTables
{
    public static IEnumerable<string> Lines()
    {
        yield return "### The formats";
        yield return "";
        yield return "| format | what | read | written | ends in |";
        yield return "|---|---|---|---|---|";
        foreach (var format in FormatCatalog.Default.Formats)
            yield return $"| {format.Name} | {format.Title} | {(format.CanRead ? "yes" : "")} | {(format.CanWrite ? "yes" : "")} | {format.Extension} |";
        foreach (var message in NdmTables.Messages)
        {
            yield return "";
            yield return $"### {message.Name.ToUpperInvariant()}: {message.Title}";
            yield return "";
            yield return $"{message.Standard}; versions {string.Join(", ", message.Versions)}.";
            yield return "";
            yield return "| block | keyword | unit | value | obligation | versions |";
            yield return "|---|---|---|---|---|---|";
            foreach (var line in NdmTables.All.Where(line => line.Message == message)) yield return Row(line);
        }
    }

    private static string Row(NdmTableLine line)
    {
        string[] versions = [.. line.Versions];
        return $"| {line.Block.Name} | {line.Keyword.Name} | {line.Keyword.Unit} | {Value(line.Keyword)} | {Word(line.Keyword.Obligation)} | {(versions.Length == line.Message.Versions.Length ? "all" : string.Join(", ", versions))} |";
    }

    private static string Value(NdmKeyword keyword) => keyword.Type switch
    {
        NdmType.Word => string.Join(", ", keyword.Words),
        NdmType.Time => "epoch, or seconds since that of the message",
        NdmType.TimeSystem => "time system",
        NdmType.WholeNumber => "whole number",
        var type => type.ToString().ToLowerInvariant(),
    };

    private static string Word(NdmObligation obligation) => obligation switch
    {
        NdmObligation.Mandatory => "must",
        NdmObligation.Optional => "may",
        _ => "depends on others",
    };
}
