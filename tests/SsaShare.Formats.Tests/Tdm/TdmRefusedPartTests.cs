using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>What is refused is given as it stood, so that it can be read again by itself.</summary>
public sealed class TdmRefusedPartTests
{
    private const string Good = "RANGE = 1998-12-31T23:00:00 900\nANGLE_1 = 1998-12-31T23:00:00 10\nANGLE_2 = 1998-12-31T23:00:00 20";

    [Fact]
    public void Refused_BadLineOfAnObservation_IsTheWholeObservationAndReadsOnceMended()
    {
        var part = Assert.Single(Parts(TdmText.Message($"{Good}\nRANGE = 1998-12-31T23:00:10 far\nANGLE_1 = 1998-12-31T23:00:10 11\n{Good.Replace("23:00:00", "23:00:20", StringComparison.Ordinal)}")));
        Assert.Equal("RANGE = 1998-12-31T23:00:10 far\nANGLE_1 = 1998-12-31T23:00:10 11\n", Text(part));
        Assert.Equal((17L, "RANGE", false, false), (part.Issues.Single().Line, part.Issues[0].Field, part.IsCut, part.Issues[0].MayPass));
        Assert.Equal(900, Assert.Single(Again(part, Text(part).Replace("far", "900", StringComparison.Ordinal))).RangeKm);
        Assert.Equal("far", Assert.Single(Parts(Whole(part, Text(part)))).Issues[0].Value);
    }

    [Fact]
    public void Refused_SegmentOfAnUnknownSensor_IsTheSegmentAndMayPass()
    {
        var part = Assert.Single(Parts(TdmText.Message(Good), _ => false));
        Assert.Equal((true, false), (part.Issues.Single().MayPass, part.IsCut));
        Assert.StartsWith("META_START\n", Text(part), StringComparison.Ordinal);
        Assert.EndsWith("DATA_STOP\n", Text(part), StringComparison.Ordinal);
        Assert.Equal(900, Assert.Single(Again(part, Text(part))).RangeKm);
    }

    [Fact]
    public void Refused_SegmentWithoutItsStop_IsReadAgainAsWell()
    {
        string two = TdmText.Message(Good).Replace("DATA_STOP\n", "", StringComparison.Ordinal) + "META_START\nMODE = SEQUENTIAL\nMETA_STOP\nDATA_START\nDATA_STOP\n";
        var parts = Parts(two, _ => false);
        Assert.Equal(2, parts.Count);
        Assert.Single(Again(parts[0], Text(parts[0])));
    }

    [Fact]
    public void Refused_QuantityOfASegment_IsItsLinesWithTheMetadata()
    {
        var part = Assert.Single(Parts(TdmText.Message($"{Good}\nRANGE = 1998-12-31T23:00:20 901", "PATH = 2,1\nRANGE_UNITS = RU\nANGLE_TYPE = AZEL")));
        var ranges = Again(part, Text(part).Replace("RANGE_UNITS = RU", "RANGE_UNITS = km", StringComparison.Ordinal));
        Assert.Equal([900d, 901d], ranges.Select(range => range.RangeKm));
        Assert.All(ranges, range => Assert.Null(range.AzimuthRad));
    }

    [Fact]
    public void Refused_RepeatedObservation_IsThePartOfTheRepeat()
    {
        var part = Assert.Single(Parts(TdmText.Message($"{Good}\nRANGE = 1998-12-31T23:00:10 900\n{Good.Replace(" 900", " 901", StringComparison.Ordinal)}")));
        Assert.Contains("contradicts", part.Issues[0].Reason, StringComparison.Ordinal);
        Assert.Equal(3, Text(part).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.False(part.Issues[0].MayPass);
    }

    [Fact]
    public void Refused_LinesThatBelongToNothing_StandAlone()
        => Assert.Equal(["garbage\n", "COLOUR = 1998-12-31T23:00:05 blue\n"], Parts(TdmText.Message($"garbage\n{Good}\nCOLOUR = 1998-12-31T23:00:05 blue")).Select(Text));

    [Fact]
    public void Refused_FutureObservation_MayPass() => Assert.True(Assert.Single(Parts(TdmText.Message("RANGE = 2099-01-01T00:00:00 900"))).Issues[0].MayPass);

    [Theory]
    [InlineData("not one"), InlineData(""), InlineData("CCSDS_TDM_VERS = 9.0\n"), InlineData("CCSDS_TDM_VERS = 2.0\n")]
    public void Refused_FromTheFirstLineOn_IsTheWholeFile(string text) => Assert.True(Assert.Single(Parts(text)).IsWholeFile);

    [Fact]
    public void Refused_LongerThanIsKept_IsCut()
    {
        string many = string.Join('\n', Enumerable.Range(0, 3_000).Select(i => $"RANGE = 1998-12-31T{i / 3_600:00}:{i / 60 % 60:00}:{i % 60:00} 900"));
        var part = Assert.Single(Parts(TdmText.Message(many), _ => false));
        Assert.True(part.IsCut);
        Assert.InRange(part.Text.Length, RefusedPart.TextBytesMax / 2, RefusedPart.TextBytesMax);
    }

    [Fact]
    public void Refused_LineTooLong_IsItsBeginning()
    {
        var part = Assert.Single(Parts(TdmText.Message($"{Good}\nRANGE = {new string('9', 100_000)}")));
        Assert.Equal((true, 1_025), (part.IsCut, part.Text.Length));
    }

    [Fact]
    public void Refused_CutFile_IsToldOnce()
    {
        string whole = TdmText.Message(Good);
        var part = Assert.Single(Parts(whole[..whole.IndexOf("DATA_STOP", StringComparison.Ordinal)]));
        Assert.Contains("cut", part.Issues[0].Reason, StringComparison.Ordinal);
        Assert.Equal(Good + "\n", Text(part));
    }

    [Fact]
    public void Refused_EveryRefusedIssue_IsInOnePart()
    {
        string text = TdmText.Message($"garbage\n{Good}\nRANGE = far\nRANGE = x 1\nANGLE_1 = x 1\nCOLOUR = 1998-12-31T23:00:05 blue\n{Good}") + "stray\nMETA_START\nTIME_SYSTEM = UTC\nWRONG\nMETA_STOP\nnear\nDATA_START\nRANGE = 1 1\n";
        var items = Items(text, null);
        Assert.Equal(items.Select(item => item.Issue).OfType<ReadIssue>().Where(issue => issue.Severity == IssueSeverity.Refused).Order(ByLine), items.SelectMany(item => item.Refused?.Issues ?? []).Order(ByLine));
    }

    private static Comparer<ReadIssue> ByLine { get; } = Comparer<ReadIssue>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private static List<Observation> Again(RefusedPart part, string text)
    {
        var items = Items(Whole(part, text), null);
        Assert.DoesNotContain(items, item => item.Issue is { Severity: IssueSeverity.Refused });
        return [.. items.Select(item => item.Observation).OfType<Observation>()];
    }

    private static string Whole(RefusedPart part, string text) => Encoding.ASCII.GetString(part.Before.Span) + text + Encoding.ASCII.GetString(part.After.Span);

    private static string Text(RefusedPart part) => Encoding.ASCII.GetString(part.Text.Span);

    private static List<RefusedPart> Parts(string text, Func<SensorId, bool>? isKnown = null) => [.. Items(text, isKnown).Select(item => item.Refused).OfType<RefusedPart>()];

    private static List<TdmItem> Items(string text, Func<SensorId, bool>? isKnown)
        => [.. new TdmReader(new MemoryStream(Encoding.ASCII.GetBytes(text)), new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now, KeepsRefused = true, IsKnownSensor = isKnown }).Read()];
}
