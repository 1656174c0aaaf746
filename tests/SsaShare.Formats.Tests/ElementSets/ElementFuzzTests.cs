using System.Text;
using SsaShare.Tests;

namespace SsaShare.Formats.Tests;

/// <summary>Random, mutated and truncated files of mean elements: values or issues, each refusal with its line and in one part; never an exception.</summary>
public sealed class ElementFuzzTests
{
    /// <summary>The family's share of the run, split among its formats.</summary>
    private static readonly int Inputs = Math.Max(1, Nightly.FuzzInputs / 4);

    public static TheoryData<string, ReadMode> Cases => new()
    {
        { "tle", ReadMode.Strict }, { "3le", ReadMode.Lenient }, { "omm-csv", ReadMode.Strict }, { "omm-csv", ReadMode.Lenient }, { "omm-json", ReadMode.Strict }, { "omm-json", ReadMode.Lenient },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Read_MutatedFile_GivesValuesOrIssues(string name, ReadMode mode)
    {
        var format = ElementFormats.All.OfType<FileFormat<MeanElements>>().Single(one => one.Name == name);
        var random = new Random(20_261_122);
        byte[] valid = ElementFiles.Write(format, Enumerable.Range(0, 3).Select(_ => ElementTexts.Random(random) with { ObjectName = "A, \"B\" {C}" })).Bytes;
        Assert.Equal(3, ElementFiles.Values(ElementFiles.Read(format, valid)).Count);
        int values = 0, refusals = 0;
        foreach (byte[] input in Mutations.Of(valid, Inputs / (mode == ReadMode.Strict ? 2 : 4), seed: 60 + name.Length + (int)mode))
        {
            var items = ElementFiles.Read(format, input, mode);
            values += items.Count(item => item.Value is not null);
            refusals += Check(format, mode, items);
        }
        // Both outcomes are common, so the mutations reach into the fields and do break things.
        Assert.True(values > Inputs / 8 && refusals > Inputs / 8, $"{values} values, {refusals} refusals");
    }

    [Theory]
    [InlineData("1 25544U 98067A   ")]
    [InlineData("OBJECT_NAME,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY\n")]
    [InlineData("[{\"EPOCH\":\"")]
    [InlineData("")]
    public void Read_RandomBytes_GiveIssues(string head)
    {
        var random = new Random(11);
        byte[] bytes = Encoding.ASCII.GetBytes(head);
        foreach (var format in ElementFormats.All.OfType<FileFormat<MeanElements>>().Where(format => format.CanRead))
        for (int i = 0; i < Inputs / 50; i++)
        {
            byte[] noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            var items = ElementFiles.Read(format, [.. bytes, .. noise], (ReadMode)(i % 2));
            Assert.DoesNotContain(items, item => item.Value is not null);
            Assert.True(Enum.IsDefined(format.Recognise(noise)));
            Check(format, (ReadMode)(i % 2), items);
        }
    }

    /// <summary>Braces, quotes and what is never closed: the time must not grow with the square of the length.</summary>
    [Theory]
    [InlineData("{")]
    [InlineData("{\"")]
    [InlineData("[")]
    [InlineData("{\"a\":\"\\")]
    [InlineData("\"")]
    [InlineData("{},")]
    [InlineData("1 ")]
    [InlineData(",")]
    [InlineData("a\n")]
    public void Read_HostileRepetition_EndsSoonWithIssues(string unit)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(new StringBuilder().Insert(0, unit, 4_000_000 / unit.Length).ToString());
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var format in ElementFormats.All.OfType<FileFormat<MeanElements>>())
        {
            var items = ElementFiles.Read(format, bytes);
            Assert.NotEmpty(ElementFiles.Refusals(items));
            Assert.InRange(items.Count, 1, 3_000);
        }
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static int Check(FileFormat<MeanElements> format, ReadMode mode, List<FormatItem<MeanElements>> items)
    {
        var parts = items.Select(item => item.Refused).OfType<RefusedPart>().ToList();
        var told = parts.SelectMany(part => part.Issues).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var item in items)
        {
            Assert.Equal(1, (item.Value is null ? 0 : 1) + (item.Issue is null ? 0 : 1) + (item.Refused is null ? 0 : 1));
            if (item.Issue is { } issue) Assert.True(issue.Line >= 1 && (issue.Severity != IssueSeverity.Refused || told.Contains(issue) || parts.Exists(part => part.Issues.Count == RefusedPart.IssuesMax)), issue.ToString());
            if (item.Value is { } value) Assert.True(value.Eccentricity is >= 0 and < 1 && value.MeanMotionRevPerDay > 0 && value.InclinationDeg is >= 0 and <= 180 && double.IsFinite(value.MeanMotionRevPerDay));
        }
        foreach (var part in parts)
        {
            Assert.InRange(part.Issues.Count, 1, RefusedPart.IssuesMax);
            Assert.InRange(part.Text.Length, 0, RefusedPart.TextBytesMax);
            if (!part.IsWholeFile) ElementFiles.Read(format, [.. part.Before.Span, .. part.Text.Span, .. part.After.Span], mode);
        }
        return parts.Count;
    }
}
