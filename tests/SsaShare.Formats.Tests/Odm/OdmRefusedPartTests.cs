using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class OdmRefusedPartTests
{
    [Fact]
    public void Refused_OneMessageOfSeveral_IsThatMessageAndReadsOnceMended()
    {
        string bad = OdmText.Omm.Replace("MEAN_MOTION", "MEAN_MOTIONS", StringComparison.Ordinal);
        var items = Items($"{OdmText.Opm}\n{bad}\n{OdmText.Omm}\n");
        Assert.Equal((1, 1), (items.Count(item => item.State is not null), items.Count(item => item.Elements is not null)));
        var part = Assert.Single(items, item => item.Refused is not null).Refused!;
        Assert.Equal((0, 0, false), (part.Before.Length, part.After.Length, part.IsCut));
        Assert.Equal(items.Count(item => item.Issue is { Severity: IssueSeverity.Refused }), part.Issues.Count);
        string mended = Encoding.ASCII.GetString(part.Text.Span).Replace("MEAN_MOTIONS", "MEAN_MOTION", StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(Items(mended)).Elements);
    }

    [Fact]
    public void Refused_EpochAhead_MayPass()
    {
        var part = Assert.Single(Items(System.Text.RegularExpressions.Regex.Replace(OdmText.Opm, "(?m)^EPOCH .*$", "EPOCH = 2099-01-01T00:00:00")), item => item.Refused is not null).Refused!;
        Assert.All(part.Issues, issue => Assert.True(issue.MayPass));
    }

    [Fact]
    public void Refused_LineTooLong_IsCut()
    {
        var part = Assert.Single(Items(OdmText.Opm + "\nCOMMENTS = " + new string('x', 5_000) + "\n"), item => item.Refused is not null).Refused!;
        Assert.True(part.IsCut);
    }

    [Fact]
    public void Refused_FromTheFirstLineOn_IsTheWholeFile() => Assert.True(Assert.Single(Items("nothing of the kind\n"), item => item.Refused is not null).Refused!.IsWholeFile);

    private static List<OdmItem> Items(string text)
        => [.. new OdmReader(new MemoryStream(Encoding.ASCII.GetBytes(text)), new OdmReadOptions { FileName = "test.odm", Now = TestFiles.Now, KeepsRefused = true }).Read()];
}
