using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Every format of ephemerides into every other: each point arrives where and when it was, or its loss is told.</summary>
public sealed class EphemerisConversionTests
{
    public static TheoryData<string, string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, string>();
            foreach (var file in EphemerisFuzzTests.Files)
            foreach (var target in EphemerisFormats.All.Where(format => format.CanRead)) pairs.Add(file.Data.Item1, file.Data.Item2, target.Name);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Write_ValuesOfAnotherFormat_ArriveOrAreRefused(string from, string text, string to)
    {
        var values = EphemerisText.Values(EphemerisText.Read(EphemerisFormats.All.Single(format => format.Name == from), text));
        AssertArrives(values, EphemerisFormats.All.Single(format => format.Name == to));
    }

    [Theory]
    [InlineData("obs/ilrs/lageos1_cpf_180613_16401.hts", "sp3")]
    [InlineData("obs/ilrs/jason3_cpf_180613_16401.cne", "stk-e")]
    [InlineData("ephem/gpsd6n22short.E.gz", "cpf")]
    [InlineData("ephem/gpsd6n22short.E.gz", "sp3")]
    public void Write_ReferenceFile_ArrivesInEachFormat(string file, string to)
    {
        var format = file.EndsWith(".gz", StringComparison.Ordinal) ? StkFormat.Stk : CpfFormat.Cpf;
        int points = AssertArrives(EphemerisText.Values(EphemerisText.Read(format, EphemerisText.Reference(file))), EphemerisFormats.All.Single(target => target.Name == to));
        Assert.True(points > 500);
    }

    [Theory]
    [InlineData("cpf", "ITRF2014", true)]
    [InlineData("sp3", "ITRF2014", true)]
    [InlineData("sp3", "IGS20", false)]
    [InlineData("cpf", "ITRF", false)]
    [InlineData("sp3", "ITRF", false)]
    public void Write_ARealisationThatTheFormatCannotName_IsTold(string to, string frame, bool isTold)
        => Assert.Equal(isTold, WriteOne(to, frame, "SSA").Exists(issue => issue.Severity == IssueSeverity.Notice && issue.Field.Split(", ").Contains("frame") && issue.Reason.Contains("realisation", StringComparison.Ordinal)));

    [Theory]
    [InlineData("cpf", "NASA/JPL", "written as NAS:")]
    [InlineData("sp3", "NASA/JPL", "written as NASA:")]
    [InlineData("cpf", "SGF", null)]
    [InlineData("sp3", "NASA", null)]
    public void Write_ASourceThatIsShortened_IsTold(string to, string source, string? told)
    {
        var issue = WriteOne(to, "ITRF", source).Find(issue => issue.Field.Split(", ").Contains("source"));
        Assert.Equal(told is null, issue is null);
        Assert.Contains(told ?? "", issue?.Reason ?? "", StringComparison.Ordinal);
    }

    private static List<ReadIssue> WriteOne(string to, string frame, string source) => EphemerisText.Write(EphemerisFormats.All.Single(format => format.Name == to),
    [
        new EphemerisHeader { Source = source },
        new EphemerisSegment { ObjectName = "L51", FrameName = frame, Frame = EphemerisFrame.Itrf, TimeSystem = EphemerisTimeSystem.Utc },
        new EphemerisPoint { Time = new(60_491, 0), PositionKm = new(7000, 0, 0) }, new EphemerisPoint { Time = new(60_491, 60), PositionKm = new(7000, 1, 0) }, new EphemerisSegmentEnd(),
    ]).Issues;

    [Theory]
    [InlineData("# a comment\n\n# another\nstk.v.12.0\nBEGIN Ephemeris\n", "stk-e", Recognition.Certain)]
    [InlineData("stk.v.12.0\nBEGIN Attitude\n", "stk-e", Recognition.Possible)]
    [InlineData("# Position of something, in a comment long enough\n## two\n", "sp3", Recognition.No)]
    [InlineData("#dP2024  6 30 23 45  0.00000000       2\n## 2321", "sp3", Recognition.Certain)]
    [InlineData("\uFEFFH1 CPF  2  CSG", "cpf", Recognition.Certain)]
    [InlineData("H1 CRD  2", "cpf", Recognition.No)]
    [InlineData("created:2026\nephemeris_start:2026", "moditc", Recognition.Certain)]
    [InlineData("created: by hand", "moditc", Recognition.Possible)]
    [InlineData("[{\"id\":\"document\"}]", "czml", Recognition.Certain)]
    [InlineData("", "stk-e", Recognition.No)]
    public void Recognise_BeginningOfAFile_TellsTheFormat(string head, string name, Recognition expected)
        => Assert.Equal(expected, EphemerisFormats.All.Single(format => format.Name == name).Recognise(Encoding.UTF8.GetBytes(head)));

    private static int AssertArrives(List<EphemerisItem> values, FileFormat<EphemerisItem> target)
    {
        var (bytes, issues) = EphemerisText.Write(target, values);
        var points = values.OfType<EphemerisPoint>().Where(point => point.PositionKm is not null).ToList();
        if (issues.Exists(issue => issue.Severity == IssueSeverity.Refused))
        {
            Assert.All(issues, issue => Assert.True(issue.Field.Length > 0 && issue.Reason.Length > 0 && issue.Remedy.Length > 0 && issue.Line > 0));
            return 0;
        }
        var back = EphemerisText.Read(target, bytes);
        Assert.Empty(EphemerisText.Issues(back).Where(issue => issue.Severity == IssueSeverity.Refused).Select(issue => $"{issue}\n{Encoding.UTF8.GetString(bytes)}"));
        var read = EphemerisText.Values(back);
        var arrived = read.OfType<EphemerisPoint>().Where(point => point.PositionKm is not null).ToList();
        Assert.Equal(points.Count, arrived.Count);
        var (one, other) = (values.OfType<EphemerisSegment>().Single(), read.OfType<EphemerisSegment>().Single());
        Assert.Equal(one.Frame, other.Frame);
        for (int i = 0; i < points.Count; i++)
        {
            // Half the last of six decimals of a kilometre, and of eight of a second, in SP3.
            Assert.InRange(points[i].PositionKm!.Value.DistanceTo(arrived[i].PositionKm!.Value), 0, 1e-6);
            Assert.True(points[i].Time.TryToEpoch(one.TimeSystem, out var then));
            Assert.True(arrived[i].Time.TryToEpoch(other.TimeSystem, out var now));
            Assert.InRange(now.NanosecondsSinceJ2000 - then.NanosecondsSinceJ2000, -5, 5);
        }
        return points.Count;
    }
}
