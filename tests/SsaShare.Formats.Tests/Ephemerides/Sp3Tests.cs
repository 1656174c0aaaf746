namespace SsaShare.Formats.Tests;

public sealed class Sp3Tests
{
    [Theory]
    [InlineData(Sp3Text.D, "d", EphemerisTimeSystem.Gps, "G01 R07 E11", 6)]
    [InlineData(Sp3Text.C, "c", EphemerisTimeSystem.Utc, "L51", 2)]
    [InlineData(Sp3Text.A, "a", EphemerisTimeSystem.Gps, "1 2", 4)]
    public void Read_EachVersion_IsWrittenAndReadBackEqual(string text, string version, EphemerisTimeSystem system, string objects, int points)
    {
        var items = EphemerisText.Read(Sp3Format.Sp3, text);
        Assert.Empty(EphemerisText.Issues(items));
        var values = EphemerisText.Values(items);
        var segment = values.OfType<EphemerisSegment>().Single();
        Assert.Equal((version, system, objects, EphemerisFrame.Itrf), (values.OfType<EphemerisHeader>().Single().Version, segment.TimeSystem, segment.Objects, segment.Frame));
        Assert.Equal(points, values.OfType<EphemerisPoint>().Count());
        EphemerisText.AssertRoundTrip(Sp3Format.Sp3, values);
    }

    [Fact]
    public void Read_BadValues_AreNull()
    {
        var points = EphemerisText.Values(EphemerisText.Read(Sp3Format.Sp3, Sp3Text.D)).OfType<EphemerisPoint>().ToList();
        Assert.Equal((null, null), (points[1].PositionKm, points[1].ClockUs));
        Assert.Equal(("18", "219", "E", "P", "M", "P"), (points[0].Extras["SP3_SDEV_X"], points[0].Extras["SP3_SDEV_CLOCK"], points[0].Extras["SP3_CLOCK_EVENT"], points[0].Extras["SP3_CLOCK_PREDICTED"], points[0].Extras["SP3_MANEUVER"], points[0].Extras["SP3_ORBIT_PREDICTED"]));
        Assert.Equal(("6", null, "P"), (points[2].Extras["SP3_SDEV_X"], points[2].Extras["SP3_SDEV_Z"], points[5].Extras["SP3_ORBIT_PREDICTED"]));
        Assert.Equal(-55.976, points[2].ClockUs);
    }

    [Fact]
    public void Read_VelocitiesInDecimetres_AreKilometres()
    {
        var points = EphemerisText.Values(EphemerisText.Read(Sp3Format.Sp3, Sp3Text.C)).OfType<EphemerisPoint>().ToList();
        Assert.Equal(new Vector3d(3.033794, 1.715265, -4.447659), points[0].VelocityKmPerS);
        Assert.Equal((null, 0.0001234567), (points[0].ClockRateUsPerS, points[1].ClockRateUsPerS));
        Assert.Equal(("2016-12-31T23:59:60", 1m), (points[1].Time.ToString(), points[1].Time.SecondsSince(points[0].Time, EphemerisTimeSystem.Utc)));
        Assert.Equal("    55   55   55     222  1234567 -1234567  5999999      -30       21 -1230000", points[0].Extras["SP3_EP"]);
    }

    [Theory]
    [InlineData("#dP2024", "#eP2024", 1, "line 1", "the version is not a, b, c or d")]
    [InlineData("IGS20", "     ", 1, "line 1", "the coordinate system is missing")]
    [InlineData("900.00000000", "9OO.00000000", 2, "##", "the interval is missing or no number of seconds")]
    [InlineData("G01R07E11", "G01R07   ", 3, "+", "satellite 3 is missing")]
    [InlineData("%c M  cc GPS", "%c M  cc ZZZ", 19, "header", "the time system ZZZ is none of the format's")]
    [InlineData("23 45  0.00000000\nPG01", "23 45 60.00000000\nPG01", 23, "epoch", "the minute has no such second")]
    [InlineData("-11044.805800", "-11O44.805800", 24, "position", "three numbers in km are expected in columns 5 to 46")]
    [InlineData("189.163300 18", "189.16330O 18", 24, "clock", "a number of microseconds is expected in columns 47 to 60")]
    [InlineData("PR07      0", "PE11      0", 26, "satellite", "its second record of this epoch")]
    [InlineData("PR07      0", "PR08      0", 25, "satellite", "not listed in the header")]
    [InlineData("*  2024  7  1  0  0", "*  2024  6 30 23 30", 27, "epoch", "not later than the epoch before")]
    [InlineData("EOF", "", 31, "EOF", "the file ends without it")]
    [InlineData("       2 u+U", "       3 u+U", 31, "epochs", "the first line says 3, the file has 2")]
    [InlineData("EOF", "Q\nEOF", 31, "line", "no line of the format")]
    public void Read_WhatTheStandardForbids_IsRefusedWithLineAndReason(string part, string by, long line, string field, string reason)
    {
        var issues = EphemerisText.Issues(EphemerisText.Read(Sp3Format.Sp3, Sp3Text.D.Replace(part, by, StringComparison.Ordinal)));
        var issue = issues.First(i => i.Severity == IssueSeverity.Refused);
        Assert.Equal((line, field, reason), (issue.Line, issue.Field, issue.Reason));
    }

    [Fact]
    public void Read_AHeaderOfAnotherStart_IsToldAndThePointsKept()
    {
        var items = EphemerisText.Read(Sp3Format.Sp3, Sp3Text.D.Replace("#dP2024  6 30 23 45", "#dP2024  6 30 23 30", StringComparison.Ordinal));
        Assert.Equal((23, "epoch"), EphemerisText.Issues(items).Where(issue => issue.Severity == IssueSeverity.Refused).Select(issue => (issue.Line, issue.Field)).Single());
        Assert.Equal(6, EphemerisText.Values(items).OfType<EphemerisPoint>().Count());
    }

    /// <summary>The header of a laser ranging prediction may give a span that begins before its first point.</summary>
    [Fact]
    public void Write_ASpanThatBeginsBeforeTheFirstPoint_HasTheFirstPointsTimeInItsHeader()
    {
        var first = new EphemerisTime(60_491, 900);
        List<EphemerisItem> items =
        [
            new EphemerisSegment { FrameName = "0", Frame = EphemerisFrame.Itrf, TimeSystem = EphemerisTimeSystem.Utc, Start = new(60_491, 0), Stop = new(60_492, 0), StepSeconds = 900 },
            new EphemerisPoint { Time = first, PositionKm = new(7000, 0, 0) }, new EphemerisPoint { Time = new(60_491, 1_800), PositionKm = new(7000, 1, 0) }, new EphemerisSegmentEnd(),
        ];
        var back = EphemerisText.Read(Sp3Format.Sp3, EphemerisText.Write(Sp3Format.Sp3, items).Bytes);
        Assert.Empty(EphemerisText.Issues(back));
        var segment = EphemerisText.Values(back).OfType<EphemerisSegment>().Single();
        Assert.Equal((first, 2L), (segment.Start!.Value, segment.EpochCount!.Value));
    }

    [Fact]
    public void Read_OneBadRecord_LosesNoOther()
    {
        string text = Sp3Text.D.Replace("-11044.805800", "-11O44.805800", StringComparison.Ordinal);
        Assert.Equal(5, EphemerisText.Values(EphemerisText.Read(Sp3Format.Sp3, text)).OfType<EphemerisPoint>().Count());
    }
}
