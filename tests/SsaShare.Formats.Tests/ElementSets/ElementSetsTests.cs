using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Mean elements as read and, beside them, as elements for SGP4.</summary>
public sealed class ElementSetsTests
{
    private const string Line1 = "1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995", Line2 = "2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468";
    private static readonly FormatReadOptions Options = new() { FileName = "a.tle", Now = Utc.FromDateTime(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)) };

    [Fact]
    public void Interpret_ReadElements_AreThoseOfTheReader()
    {
        var issues = new List<ReadIssue>();
        var said = Read($"{Line1}\n{Line2}\n", Options).Single(item => item.Value is not null).Value!;
        var set = ElementSets.Interpret(said, Options, 1, issues);
        Assert.Empty(issues);
        var expected = new ElementSetReader(Text($"{Line1}\n{Line2}\n"), ElementFormats.Tle, Options).Read().Single().Value;
        Assert.Equal(expected, set);
        Assert.Equal("1998-067A", said.ObjectId);
    }

    [Fact]
    public void Interpret_ElementsOfAnotherTheory_AreRefusedAtTheirLine()
    {
        var issues = new List<ReadIssue>();
        var said = Read($"{Line1}\n{Line2}\n", Options).Single(item => item.Value is not null).Value!;
        Assert.Null(ElementSets.Interpret(said with { MeanElementTheory = "DSST" }, Options, 7, issues));
        var issue = Assert.Single(issues);
        Assert.Equal(("a.tle", 7L, "MEAN_ELEMENT_THEORY", IssueSeverity.Refused), (issue.File, issue.Line, issue.Field, issue.Severity));
    }

    [Theory]
    [InlineData(false, 0, IssueSeverity.Refused)]
    [InlineData(true, 1, IssueSeverity.Notice)]
    public void Read_WrongChecksum_IsTakenOnlyWhereItIsAskedFor(bool takes, int taken, IssueSeverity severity)
    {
        var items = Read($"{Line1[..^1]}4\n{Line2}\n", Options with { TakesWrongChecksums = takes });
        Assert.Equal(taken, items.Count(item => item.Value is not null));
        var issue = items.Select(item => item.Issue).OfType<ReadIssue>().Single(one => one.Field == "CHECKSUM");
        Assert.Equal((severity, 1L, 69), (issue.Severity, issue.Line, issue.Column));
    }

    private static List<FormatItem<MeanElements>> Read(string text, FormatReadOptions options) => [.. ElementFormats.Tle.Open!(Text(text), options).Read()];

    private static MemoryStream Text(string text) => new(Encoding.ASCII.GetBytes(text));
}
