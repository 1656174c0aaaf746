using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>Several files in, one out; what is refused has its place in the file that was read, and hides nothing else.</summary>
public sealed class ConversionTests
{
    private const string Good = "1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995\n2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468\n";
    private const string Bad = "1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995\n2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567467\n";

    private readonly List<ReadIssue> _issues = [];

    [Fact]
    public void Add_SeveralFilesOfSeveralFormats_WritesOneFile()
    {
        var json = new MemoryStream();
        var (whole, counts) = Convert("omm-json", json, ("tle", Good + Bad + Good), ("omm-csv", Csv(270_001)));
        Assert.True(whole);
        Assert.Equal((3, 3, 1), (counts.Read, counts.Written, counts.Refused));
        var refused = Assert.Single(_issues);
        Assert.Equal(("0.tle", 4, IssueSeverity.Refused), (refused.File, refused.Line, refused.Severity));
        var tle = new MemoryStream();
        (whole, counts) = Convert("tle", tle, ("omm-json", Encoding.UTF8.GetString(json.ToArray())));
        Assert.Equal((true, 3, 3), (whole, counts.Read, counts.Written));
        Assert.StartsWith(Good + Good, Encoding.UTF8.GetString(tle.ToArray()).Replace("\r", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tle", Good + Bad + Good)]
    [InlineData("tle", "\r" + Good + Bad + Good)]
    public void Add_LinesThatEndWithCrAlone_AreReadAsLines(string format, string text)
    {
        var tle = new MemoryStream();
        var (whole, counts) = Convert("tle", tle, (format, text.Replace('\n', '\r')));
        Assert.Equal((true, 2, 2, 1), (whole, counts.Read, counts.Written, counts.Refused));
        Assert.Equal(text.Length - text.TrimStart().Length + 4, Assert.Single(_issues).Line);
        Assert.Equal(Good + Good, Encoding.UTF8.GetString(tle.ToArray()));
    }

    [Fact]
    public void Add_WhatTheFormatHasNoPlaceFor_IsRefusedWhereItStands()
    {
        var (whole, counts) = Convert("tle", new MemoryStream(), ("omm-csv", Csv(5, 799_500_123, 6)));
        Assert.Equal((true, 3, 2, 1), (whole, counts.Read, counts.Written, counts.Refused));
        var refused = _issues.Single(issue => issue.Severity == IssueSeverity.Refused);
        Assert.Equal(("0.omm-csv", 3), (refused.File, refused.Line));
    }

    [Fact]
    public void Add_ManyThatTheFormatHasNoPlaceFor_ToldUpToTheLimitAndAllCounted()
    {
        var (whole, counts) = Convert("tle", new MemoryStream(), ("omm-csv", Csv([.. Enumerable.Range(700_000_000, 1_500), 5])));
        Assert.Equal((true, 1_501, 1, 1_500), (whole, counts.Read, counts.Written, counts.Refused));
        Assert.Equal(1_000, _issues.Count(issue => issue.Severity == IssueSeverity.Refused));
        Assert.Contains("more of the kind", _issues.Single(issue => issue.Field == "file").Reason);
    }

    [Fact]
    public void Add_ManyThatLoseTheSame_ToldOfTheFirstAndAllCounted()
    {
        var (_, counts) = Convert("3le", new MemoryStream(), ("omm-csv", Csv([.. Enumerable.Range(1, 300)]).Replace(".249984,", ".24998437,", StringComparison.Ordinal)));
        Assert.Equal((300, 300), (counts.Written, counts.Notices));
        var notice = Assert.Single(_issues);
        Assert.Equal(("EPOCH", "1", "0.omm-csv", 2), (notice.Field, notice.Value, notice.File, notice.Line));
    }

    [Fact]
    public void Add_FileWithTooMuchWrong_IsNotWhole()
    {
        var (whole, counts) = Convert("3le", new MemoryStream(), ("tle", string.Concat(Enumerable.Repeat(Bad, 1_200)) + Good));
        Assert.False(whole);
        Assert.Equal(0, counts.Written);
    }

    [Fact]
    public void Add_FileThatBreaksOff_IsNotWhole()
    {
        byte[] packed = FormatSourceTests.Pack(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(_ => Good))), "gzip");
        using var source = FormatSource.Open(new MemoryStream(packed[..^9]));
        var conversion = new Conversion(FormatCatalog.Default, FormatCatalog.Default.Find("3le")!, new MemoryStream(), Options);
        Assert.False(conversion.Add(Work(source, "tle", "cut.tle.gz"), TestContext.Current.CancellationToken));
        Assert.Contains(_issues, issue => issue is { Reason: "damaged or cut off here", Severity: IssueSeverity.Refused });
    }

    [Fact]
    public void Add_FormatWithoutAWay_IsTheCallersMistake()
    {
        using var source = FormatSource.Open(new MemoryStream([.. SeedFiles.Of(FormatCatalog.Default.Find("crd")!)]));
        var conversion = new Conversion(FormatCatalog.Default, FormatCatalog.Default.Find("tle")!, new MemoryStream(), Options);
        Assert.Throws<ArgumentException>(() => conversion.Add(Work(source, "crd", "x")));
    }

    [Theory]
    [InlineData(",14.46106951,", ",0,", "MEAN_MOTION", "not above 0", "a number above 0")]
    [InlineData(",.0041861,", ",1.5,", "ECCENTRICITY", "outside 0 to 1", "a number from 0 to 1")]
    public void Add_NumberOutOfBounds_IsToldTheBoundsThatThereAre(string good, string bad, string field, string reason, string expected)
    {
        Convert("omm-json", new MemoryStream(), ("omm-csv", Csv(5).Replace(good, bad, StringComparison.Ordinal)));
        var refused = Assert.Single(_issues);
        Assert.Equal((field, reason), (refused.Field, refused.Reason));
        Assert.Contains(expected, refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_Cancelled_Stops()
    {
        using var source = FormatSource.Open(new MemoryStream(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(_ => Good)))));
        var conversion = new Conversion(FormatCatalog.Default, FormatCatalog.Default.Find("3le")!, new MemoryStream(), Options);
        Assert.Throws<OperationCanceledException>(() => conversion.Add(Work(source, "tle", "x"), new CancellationToken(canceled: true)));
    }

    private static FormatWriteOptions Options => new() { FileName = "out", Now = TestFiles.Now };

    private FileWork Work(FormatSource source, string format, string name)
        => new(source, FormatCatalog.Default.Find(format)!, new FormatReadOptions { FileName = name, Now = TestFiles.Now }, _issues.Add);

    private (bool IsWhole, FileCounts Counts) Convert(string to, MemoryStream output, params (string Format, string Text)[] files)
    {
        var conversion = new Conversion(FormatCatalog.Default, FormatCatalog.Default.Find(to)!, output, Options);
        bool whole = true;
        foreach (var (index, (format, text)) in files.Index())
        {
            using var source = FormatSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)));
            whole &= conversion.Add(Work(source, format, $"{index}.{format}"), TestContext.Current.CancellationToken);
        }
        conversion.Complete();
        return (whole, conversion.Counts);
    }

    private static string Csv(params int[] numbers)
        => "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT\n"
            + string.Concat(numbers.Select(number => $"A,2024-001A,2024-05-20T08:56:33.249984,14.46106951,.0041861,24.9710,19.3104,203.4028,317.7975,0,U,{number},999,75708,.36140E-4,.319E-5,0\n"));
}
