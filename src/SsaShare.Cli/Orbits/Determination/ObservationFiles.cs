using System.CommandLine;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>One record of a file of observations.</summary>
/// <param name="Format">Name of the file's format.</param>
internal readonly record struct ReadObservation(ObservationRecord Record, string File, string Format, long Line);

/// <summary>Reads observations of any format that has them.</summary>
internal static class ObservationFiles
{
    /// <summary>All records of a file, those of laser passes that measure nothing too.</summary>
    /// <param name="tell">Gets what is refused, and notices.</param>
    /// <exception cref="IOException">The stream fails.</exception>
    public static IEnumerable<ReadObservation> Read(FormatInputFile file, Action<ReadIssue> tell)
    {
        var records = file.Format switch
        {
            FileFormat<ObservationRecord> format => file.Source.Read(format, file.Options).Read(),
            FileFormat<NdmEvent> messages when messages.Name.Split('-')[0] is "tdm" or "ndm" => FromMessages(file, messages),
            _ => null,
        };
        if (records is null)
        {
            tell(new ReadIssue(file.Name, 1, IssueSeverity.Refused, "file", file.Format.Name, "has no observations", "give B3, IOD, UK, RDE, TDM, CRD or our JSON lines"));
            yield break;
        }
        foreach (var item in records)
        {
            if (item.Issue is { } issue) tell(issue);
            if (item.Value is { } record) yield return new ReadObservation(record, file.Name, file.Format.Name, item.Line);
        }
    }

    private static IEnumerable<FormatItem<ObservationRecord>> FromMessages(FormatInputFile file, FileFormat<NdmEvent> messages)
    {
        var gathered = new GatheringWriter<ObservationRecord>();
        var bridge = ObservationNdm.FromNdm(gathered, new FormatWriteOptions { FileName = file.Name, Now = file.Options.Now });
        foreach (var item in file.Source.Read(messages, file.Options).Read())
        {
            if (item.Issue is { } issue) yield return FormatItem.Of<ObservationRecord>(issue);
            else if (item.Value is { } value && bridge.Write(value) is { } objection) yield return FormatItem.Of<ObservationRecord>(objection with { File = file.Name });
            foreach (var one in gathered.Take()) yield return FormatItem.Of(one, item.Line);
        }
        bridge.Complete();
        foreach (var one in gathered.Take()) yield return FormatItem.Of(one, 1);
    }
}
