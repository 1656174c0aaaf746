namespace SsaShare.Formats.Tests;

public sealed class StkTests
{
    [Fact]
    public void Read_AllKeywords_IsWrittenAndReadBackEqual()
    {
        var items = EphemerisText.Read(StkFormat.Stk, StkText.Full);
        Assert.Empty(EphemerisText.Issues(items));
        var values = EphemerisText.Values(items);
        var segment = values.OfType<EphemerisSegment>().Single();
        Assert.Equal((EphemerisFrame.Teme, "LAGRANGEVOP", 5, "2000-01-01T12:00:00"), (segment.Frame, segment.Interpolation, segment.InterpolationDegree, segment.FrameEpoch.ToString()));
        Assert.Equal("0.0\n1.5", segment.Extras["STK_BEGIN_SegmentBoundaryTimes"]);
        var points = values.OfType<EphemerisPoint>().ToList();
        Assert.Equal(["2016-12-31T23:59:59.5", "2016-12-31T23:59:60.25", "2017-01-01T00:00:00.500000000000001"], points.Select(point => point.Time.ToString()));
        Assert.Equal(new Vector3d(-0.001, 0.0005, 0.00025), points[0].AccelerationKmPerS2);
        var covariances = values.OfType<EphemerisCovariance>().ToList();
        Assert.Equal((2e-6, 21e-6, 21e-9), (covariances[0].LowerKmAndS[1], covariances[0].LowerKmAndS[20], covariances[1].LowerKmAndS[20]));
        EphemerisText.AssertRoundTrip(StkFormat.Stk, values);
    }

    [Theory]
    [InlineData("EphemerisLLATimePos", EphemerisCoordinates.GeodeticHeight, false)]
    [InlineData("EphemerisLLATimePosVel", EphemerisCoordinates.GeodeticHeight, true)]
    [InlineData("EphemerisLLRTimePosVel", EphemerisCoordinates.GeocentricRadius, true)]
    [InlineData("EphemerisGeocentricLLATimePos", EphemerisCoordinates.GeocentricHeight, false)]
    [InlineData("EphemerisGeodeticLLRTimePos", EphemerisCoordinates.GeodeticRadius, false)]
    [InlineData("EphemerisMSLLLATimePos", EphemerisCoordinates.SeaLevelHeight, false)]
    [InlineData("EphemerisTerrainLLATimePos", EphemerisCoordinates.TerrainHeight, false)]
    public void Read_OtherCoordinates_AreKeptAsTheyAre(string section, EphemerisCoordinates coordinates, bool hasRates)
    {
        var items = EphemerisText.Read(StkFormat.Stk, StkText.With("CoordinateSystem Fixed\nDistanceUnit Kilometers", $"{section}\n0 37.234 -6.114 6373.33072{(hasRates ? " 0.000518 0.00058 -0.000186" : "")}"));
        Assert.Empty(EphemerisText.Issues(items));
        var values = EphemerisText.Values(items);
        Assert.Equal(coordinates, values.OfType<EphemerisSegment>().Single().Coordinates);
        var place = values.OfType<EphemerisPoint>().Single().Place!;
        Assert.Equal((37.234, -6.114, 6373.33072, hasRates ? -0.000186 : null), (place.LatitudeDeg, place.LongitudeDeg, place.HeightOrRadiusKm, place.HeightOrRadiusRateKmPerS));
        EphemerisText.AssertRoundTrip(StkFormat.Stk, values);
    }

    [Fact]
    public void Read_UpperTriangle_IsTheSameCovariance()
    {
        const string Rows = "EphemerisTimePos\n0 7000000 0 0\nCovarianceTimePos\n";
        var lower = EphemerisText.Read(StkFormat.Stk, StkText.With("CovarianceFormat LowerTriangular", Rows + "0 1 2 3 4 5 6"));
        var upper = EphemerisText.Read(StkFormat.Stk, StkText.With("CovarianceFormat UpperTriangular", Rows + "0 1 2 4 3 5 6"));
        Assert.Equal(EphemerisText.Values(lower).OfType<EphemerisCovariance>(), EphemerisText.Values(upper).OfType<EphemerisCovariance>());
    }

    [Theory]
    [InlineData("15 Oct 2006 23:59: 47.00000001", "2006-10-15T23:59:47.00000001")]
    [InlineData("\"1 Jul 2007 12:00:00.00000\"", "2007-07-01T12:00:00")]
    [InlineData("31 dec 2016 23:59:60.5", "2016-12-31T23:59:60.5")]
    public void Read_ScenarioEpoch_InItsSpellings(string text, string expected)
    {
        var items = EphemerisText.Read(StkFormat.Stk, StkText.With("", "EphemerisTimePos\n0 7000000 0 0").Replace("1 Jun 2002 12:00:00.0", text, StringComparison.Ordinal));
        Assert.Equal(expected, EphemerisText.Values(items).OfType<EphemerisPoint>().Single().Time.ToString());
    }

    [Theory]
    [InlineData("stk.v.12.0", "stk 12", 1, "file", "the first line is not stk.v")]
    [InlineData("BEGIN Ephemeris", "BEGIN Attitude", 3, "BEGIN", "BEGIN Ephemeris is expected")]
    [InlineData("31 Dec 2016", "32 Dec 2016", 5, "ScenarioEpoch", "the calendar has no such day")]
    [InlineData("31 Dec 2016 23:59:59", "30 Dec 2016 23:59:60", 5, "ScenarioEpoch", "the day has no such second")]
    [InlineData("ScenarioEpoch", "ScenarioEpoque", 5, "ScenarioEpoque", "not a keyword of STK's ephemeris files")]
    [InlineData("TEMEOfDate", "TEMEOfDat", 9, "CoordinateSystem", "no coordinate system of STK's")]
    [InlineData("TimeFormat EpSec", "TimeFormat UTCG", 11, "TimeFormat", "only seconds since ScenarioEpoch are read")]
    [InlineData("BlockingFactor 20", "DistanceUnit Furlongs", 12, "DistanceUnit", "only Meters and Kilometers are read")]
    [InlineData("7.5e-01", "x7.5e-01", 20, "line", "neither numbers nor the beginning of a section")]
    [InlineData("7.5e-01", "7.5e-01x", 20, "time", "no number of seconds since ScenarioEpoch")]
    [InlineData("-1 0.5 0.25", "-1 0.5", 20, "row", "10 numbers are expected")]
    [InlineData("7.5e-01", "7.5e+01", 22, "time", "earlier than the row before")]
    [InlineData(" 2.0 3.0\n", " 2.0 -3.0\n", 30, "covariance", "a negative variance")]
    [InlineData(" 2.0 3.0\n", " 2.0 3.O\n", 26, "covariance", "not a number")]
    [InlineData("20 21e-3", "20", 32, "covariance", "the last one has too few numbers")]
    [InlineData("    CovarianceFormat	 LowerTriangular\n", "", 23, "CovarianceFormat", "missing: the order of the covariances' entries is not told")]
    [InlineData("END Ephemeris\n", "", 31, "END Ephemeris", "the file ends without it")]
    [InlineData("NumberOfEphemerisPoints	 3", "NumberOfEphemerisPoints 4", 32, "NumberOfEphemerisPoints", "the file has 3 points that were taken")]
    public void Read_WhatIsWrong_IsRefusedWithLineAndReason(string part, string by, long line, string field, string reason)
    {
        var issue = EphemerisText.Issues(EphemerisText.Read(StkFormat.Stk, StkText.Full.Replace(part, by, StringComparison.Ordinal)))[0];
        Assert.Equal((line, field, reason, IssueSeverity.Refused), (issue.Line, issue.Field, issue.Reason, issue.Severity));
    }

    [Fact]
    public void Read_UnknownKeywordLeniently_IsKeptAndWritten()
    {
        var items = EphemerisText.Read(StkFormat.Stk, StkText.With("Colour blue", "EphemerisTimePos\n0 7000000 0 0"), ReadMode.Lenient);
        Assert.Equal(IssueSeverity.Notice, EphemerisText.Issues(items).Single().Severity);
        var values = EphemerisText.Values(items);
        Assert.Equal("blue", values.OfType<EphemerisSegment>().Single().Extras["STK_Colour"]);
        EphemerisText.AssertRoundTrip(StkFormat.Stk, values, ReadMode.Lenient);
    }
}
