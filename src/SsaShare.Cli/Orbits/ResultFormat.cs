using System.CommandLine;

namespace SsaShare.Cli;

/// <summary>--to of commands that write rows: a table for people where they look at it, CSV for programs.</summary>
internal static class ResultFormat
{
    public const string Table = "table", Csv = "csv", Json = "json";

    /// <param name="more">Formats beside the three.</param>
    public static Option<string> Option(params string[] more)
    {
        string[] all = [Table, Csv, .. more, Json];
        var option = new Option<string>("--to") { Description = "What is written. Default: a table on a terminal, csv into a file or another program.", HelpName = string.Join('|', all) };
        option.AcceptOnlyFromAmong(all);
        return option;
    }

    /// <param name="path">What is written to; null for standard output.</param>
    public static string Of(ParseResult parsed, Option<string> option, string? path) => parsed.GetValue(option) ?? Usual(path, Console.IsOutputRedirected);

    public static string Usual(string? path, bool isRedirected) => path is null && !isRedirected ? Table : Csv;
}
