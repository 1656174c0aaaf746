using System.CommandLine;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>ssa formats ...</summary>
internal static class FormatCommands
{
    public static Command Create()
        => new Command("formats", "List the formats that files are read and written in. Needs no node.\n\nExample:\n  ssa formats") { Tables(), Report() }.Does((_, _) =>
        {
            foreach (string line in Columns.Lines("", ["NAME", "READ", "WRITTEN", "EXTENSION", "TITLE"], [.. FormatCatalog.Default.Formats.Select(format => (string[])[
                format.Name, format.CanRead ? "yes" : "-", format.CanWrite ? "yes" : "-", format.Extension, format.Title])])) Console.WriteLine(line);
            return Task.FromResult(ExitCodes.Ok);
        });

    private static Command Tables()
        => new Command("tables", "Print the keywords of every message as Markdown, as docs/formats.md has them.\n\nExample:\n  ssa formats tables").Does((_, _) =>
        {
            foreach (string line in FormatTables.Lines()) Console.WriteLine(line);
            return Task.FromResult(ExitCodes.Ok);
        });

    private static Command Report()
    {
        var folders = new Argument<DirectoryInfo[]>("DIR") { Description = "Folders; their files and those of the folders in them.", Arity = ArgumentArity.OneOrMore };
        return new Command("report", "Read every file of a folder, write it again and convert it there and back, and print what happened as Markdown.\n\nExample:\n  ssa formats report ../shared/data/ccsds ../shared/data/sgp4") { folders }.Does((parsed, cancellationToken) =>
        {
            foreach (string line in FormatReport.Lines(parsed.GetValue(folders)!, cancellationToken)) Console.WriteLine(line);
            return Task.FromResult(ExitCodes.Ok);
        });
    }
}
