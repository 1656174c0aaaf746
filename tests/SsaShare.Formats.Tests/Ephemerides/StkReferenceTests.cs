namespace SsaShare.Formats.Tests;

/// <summary>Vallado's files for STK (reference data, ephem).</summary>
public sealed class StkReferenceTests
{
    [Theory]
    [InlineData("ephem/GEOSatZonalHPOP11.e.gz", "11.0", 5761, EphemerisFrame.Icrf, 7, 3)]
    [InlineData("ephem/gpsd6n22short.E.gz", "4.3", 5368, EphemerisFrame.Itrf, 5, 0)]
    public void Read_File_IsWrittenAndReadBackEqual(string file, string version, int points, EphemerisFrame frame, int degree, int comments)
    {
        var items = EphemerisText.Read(StkFormat.Stk, EphemerisText.Reference(file));
        Assert.Empty(EphemerisText.Issues(items));
        var values = EphemerisText.Values(items);
        var segment = values.OfType<EphemerisSegment>().Single();
        Assert.Equal((version, frame, "LAGRANGE", degree), (values.OfType<EphemerisHeader>().Single().Version, segment.Frame, segment.Interpolation, segment.InterpolationDegree));
        Assert.Equal((points, (long?)points), (values.OfType<EphemerisPoint>().Count(), segment.EpochCount));
        Assert.True(values.OfType<EphemerisComment>().Count() >= comments);
        EphemerisText.AssertRoundTrip(StkFormat.Stk, values);
    }

    [Fact]
    public void Read_TimesSinceAnEpochWithABlankInIt_AreExact()
    {
        var values = EphemerisText.Values(EphemerisText.Read(StkFormat.Stk, EphemerisText.Reference("ephem/gpsd6n22short.E.gz")));
        var points = values.OfType<EphemerisPoint>().ToList();
        Assert.Equal("2006-10-15T23:59:47.00000001", points[0].Time.ToString());
        Assert.Equal("2006-10-16T00:14:47", points[1].Time.ToString());
        Assert.Equal("2006-10-16T00:29:47", points[2].Time.ToString());
        Assert.Equal("2006-10-16T00:44:47.00000001", points[3].Time.ToString());
        Assert.Equal(new Vector3d(-11802.51313, 23583.17455, -2884.474051), points[1].PositionKm);
    }

    [Fact]
    public void Read_MetresOfTheGeostationaryFile_AreKilometres()
    {
        var values = EphemerisText.Values(EphemerisText.Read(StkFormat.Stk, EphemerisText.Reference("ephem/GEOSatZonalHPOP11.e.gz")));
        var first = values.OfType<EphemerisPoint>().First();
        Assert.Equal("2017-05-11T03:51:42.766", first.Time.ToString());
        Assert.Equal(-25922.113169190049, first.PositionKm!.Value.X);
        Assert.Equal(2.4250024279999966, first.VelocityKmPerS!.Value.X);
    }
}
