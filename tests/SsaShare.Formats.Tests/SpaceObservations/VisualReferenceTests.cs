using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>
/// The visual formats' reference files with their answers, line by line. Where the answers and the formats' own descriptions disagree, the descriptions
/// are followed, and the lines are listed here.
/// </summary>
public sealed class VisualReferenceTests
{
    /// <summary>Lines whose answer is not ours, and why.</summary>
    private static readonly Dictionary<string, string> Differences = new()
    {
        // Accepted in the one file and refused in the other, letter by letter the same: a station may leave its status blank.
        ["12345 98 123A   2007   20081122112233444 56 14 1122334+112233 39 S"] = "the compliant file has it too",
        // The description's own example has a flash period " 10000" in the same columns.
        ["23794 96 010A   2701 G 20040506012614270 17 25 1100114-184298 38 I-020 10  12345"] = "as the description's example",
        // 11 degrees and 99 minutes: taken with a notice when lenient.
        ["23794 96 010A   2701 G 20040506012614270 17 25 0859511+1199   38 I+020 10"] = "99 minutes",
        // 172 degrees, 3 minutes and 80 seconds.
        ["9701201201803101520195542  01   14172038  +15585   1  5             +6 +8   190R"] = "80 seconds",
    };

    [Theory]
    [InlineData("iod", "IOD_data_compliant", 50, 1)]
    [InlineData("iod", "IOD_data_noncompliant", 2, 2)]
    [InlineData("uk", "UK_data_compliant", 51, 1)]
    [InlineData("uk", "UK_data_noncompliant", 0, 0)]
    public void EachLine_IsTakenOrRefusedAsItsAnswerSays(string name, string file, int taken, int differences)
    {
        var format = SpaceObservationFormats.All.Single(format => format.Name == name);
        int good = 0, different = 0;
        foreach (string answer in Encoding.UTF8.GetString(ObservationFiles.Bytes($"visual-formats/{file}_answers.txt")).Split('\n'))
        {
            int comma = answer.IndexOf(',', StringComparison.Ordinal);
            if (comma < 0) continue;
            bool expected = answer.StartsWith("True", StringComparison.Ordinal);
            string line = expected ? answer[(comma + 1)..].TrimStart() : answer[(comma + 1)..];
            // The answers lost the blanks before station reports.
            if (line.StartsWith("2007 ", StringComparison.Ordinal)) line = new string(' ', 16) + line;
            var items = ObservationFiles.Read(format, line);
            bool isTaken = items.Values().Count == 1;
            if (isTaken) good++;
            // What a strict reader refuses only for minutes or seconds of 60 and more, a lenient one takes.
            if (expected) Assert.Single(ObservationFiles.Read(format, line, ReadMode.Lenient).Values());
            if (isTaken == expected) Assert.True(expected || line.Trim().Length == 0 || line.TrimStart().StartsWith('#') || line == "999" || items.Refusals().Count > 0, line);
            else
            {
                Assert.True(Differences.ContainsKey(line), $"expected {expected}: {line}\n{string.Join('\n', items.Refusals())}");
                different++;
            }
        }
        Assert.Equal((taken, differences), (good, different));
    }

    [Theory]
    [InlineData("iod", "IOD_data_compliant.txt", 50, 1)]
    [InlineData("iod", "IOD_data_noncompliant.txt", 3, 114)]
    [InlineData("uk", "UK_data_compliant.txt", 51, 1)]
    [InlineData("uk", "UK_data_noncompliant.txt", 0, 45)]
    [InlineData("uk", "DATA_UK_not_RDE.txt", 3, 12)]
    [InlineData("rde", "RDE_data_compliant.txt", 14, 0)]
    [InlineData("rde", "RDE_data_noncompliant.txt", 14, 0)]
    public void EachFile_IsReadToItsEndAndWhatIsGoodSurvivesTheRoundTrip(string name, string file, int taken, int refused)
    {
        var format = SpaceObservationFormats.All.Single(format => format.Name == name);
        byte[] bytes = ObservationFiles.Bytes($"visual-formats/{file}");
        var items = ObservationFiles.Read(format, bytes, keepsRefused: true);
        Assert.Equal((taken, refused), (items.Values().Count, items.Count(item => item.Refused is not null)));
        Assert.All(items.Refusals(), issue => Assert.True(issue.Line > 0 && issue.Reason.Length > 0 && issue.Remedy.Length > 0));
        if (taken > 0) ObservationFiles.AssertSurvives(format, items.Values());
    }
}
