using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Messages read and written in tests.</summary>
internal static class NdmFile
{
    public static (List<NdmEvent> Events, List<ReadIssue> Issues) Read(byte[] bytes, NdmSyntax syntax, ReadMode mode = ReadMode.Strict, string name = "test")
    {
        var events = new List<NdmEvent>();
        var issues = new List<ReadIssue>();
        foreach (var item in new NdmReader(new MemoryStream(bytes), syntax, Options(mode, name)).Read())
        {
            if (item.Value is { } one) events.Add(one);
            if (item.Issue is { } issue) issues.Add(issue);
        }
        return (events, issues);
    }

    public static (List<NdmEvent> Events, List<ReadIssue> Issues) Read(string text, NdmSyntax syntax = NdmSyntax.Kvn, ReadMode mode = ReadMode.Strict) => Read(Encoding.UTF8.GetBytes(text), syntax, mode);

    public static FormatReadOptions Options(ReadMode mode, string name) => new() { FileName = name, Now = TestFiles.Now, Mode = mode };

    public static byte[] Write(IEnumerable<NdmEvent> events, NdmSyntax syntax, string kind = "ndm")
    {
        var stream = new MemoryStream();
        var writer = NdmFormats.Of(kind, syntax).Create!(stream, new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
        foreach (var one in events) Assert.Null(writer.Write(one));
        writer.Complete();
        return stream.ToArray();
    }

    /// <summary>What events say, whatever their blocks are named and however blanks stand: the lines of KVN that they are. The standard's unit and none are the same.</summary>
    public static List<string> Data(IEnumerable<NdmEvent> events)
    {
        var lines = new List<string>();
        var kvn = new NdmKvnLines((line, _) => lines.Add(Encoding.UTF8.GetString(line)));
        foreach (var one in events)
            if (one.Name != "ndm") kvn.Event(one);
        // The order of a tracking data message's metadata means nothing.
        for (int start = 0; (start = lines.IndexOf("META_START", start)) >= 0 && lines.Exists(line => line.StartsWith("CCSDS_TDM_VERS", StringComparison.Ordinal)); start++)
            lines.Sort(start + 1, Math.Max(0, lines.IndexOf("META_STOP", start) - start - 1), StringComparer.Ordinal);
        return lines;
    }
}
