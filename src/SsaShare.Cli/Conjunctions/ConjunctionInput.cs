using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>A message and where it stands.</summary>
internal sealed record ConjunctionRead(string File, long Line, ConjunctionMessage Message);

/// <summary>Conjunction data messages of a file, in any syntax.</summary>
internal static class ConjunctionInput
{
    /// <exception cref="IOException">The stream fails.</exception>
    public static IEnumerable<CdmItem> Read(FormatInputFile file)
    {
        if (file.Format.Name.Split('-')[0] is not ("cdm" or "ndm"))
            return [new CdmItem(null, new ReadIssue(file.Name, 1, IssueSeverity.Refused, "file", file.Format.Name, "has no conjunctions", "give conjunction data messages (CDM)"), 1)];
        var items = new CdmReader(file.Source.Stream, new CdmReadOptions { FileName = file.Name, Now = file.Options.Now, Mode = file.Options.Mode }).ReadAsync();
        return file.Source.GuardAsync(items, file.Name, file.Options.Mode, (issue, _) => [new CdmItem(null, issue, issue.Line)]).ToBlockingEnumerable();
    }
}
