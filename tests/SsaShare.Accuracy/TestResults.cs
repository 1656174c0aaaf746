using System.Globalization;
using System.Xml.Linq;
using SsaShare.Tests;

namespace SsaShare.Accuracy;

/// <summary>Reads what tests printed from the result files that xunit writes.</summary>
internal static class TestResults
{
    private const string Tests = "tests/SsaShare.", Ending = ".Tests/";

    /// <summary>In the order of the sources, not of the run; a line printed twice counts once.</summary>
    public static IReadOnlyList<Measurement> Read(IEnumerable<XDocument> results)
        => [.. from test in results.SelectMany(r => r.Descendants("test"))
               let file = ((string?)test.Attribute("source-file") ?? "").Replace('\\', '/')
               orderby file, int.Parse((string?)test.Attribute("source-line") ?? "0", CultureInfo.InvariantCulture), (string?)test.Attribute("name")
               from measurement in Lines(test, file).Distinct()
               select measurement];

    private static IEnumerable<Measurement> Lines(XElement test, string file)
    {
        string name = ((string?)test.Attribute("type") ?? "").Split('.')[^1];
        foreach (string line in ((string?)test.Element("output") ?? "").Split('\n').Select(l => l.Trim()))
            if (line.StartsWith(MeasuredLine.Word, StringComparison.Ordinal))
                yield return new Measurement(Folder(file), name, line[MeasuredLine.Word.Length..].Trim(), MeasuredLine.Parse(line));
    }

    private static string Folder(string file)
    {
        int at = file.LastIndexOf(Tests, StringComparison.Ordinal), ends = at < 0 ? -1 : file.IndexOf(Ending, at, StringComparison.Ordinal);
        if (ends < 0) return "";
        string[] below = file[(ends + Ending.Length)..].Split('/');
        string project = file[(at + Tests.Length)..ends];
        return below.Length > 1 ? $"{project}/{below[0]}" : project;
    }
}
