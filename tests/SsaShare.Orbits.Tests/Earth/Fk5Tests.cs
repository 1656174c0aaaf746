using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class Fk5Tests
{
    private const double RadPerArcsecond = Math.PI / 648_000;

    /// <summary>ERFA test case of nut80: MJD 53736.</summary>
    [Fact]
    public void Nutation_ErfaTestDate_AgreesToPicoradians()
    {
        var (longitude, obliquity) = NutationIau1980.Default.At((53_736 - 51_544.5) / 36_525);
        Assert.Equal(-0.9643658353226563966e-5, longitude, 1e-13);
        Assert.Equal(0.4060051006879713322e-4, obliquity, 1e-13);
    }

    /// <summary>ERFA test case of eqeq94.</summary>
    [Fact]
    public void EquationOfEquinoxes_ErfaTestDate_AgreesToPicoradians()
    {
        // 41,234 days and a fraction from MJD 400000.5 is read as TDB there; the difference to TT does not show.
        Assert.Equal(0.5357758254609256894e-4, Fk5.EquationOfEquinoxesRad(At(41_234)), 1e-13);
    }

    /// <summary>ERFA test case of gmst82: MJD 53736 UT1.</summary>
    [Fact]
    public void MeanSiderealTime_ErfaTestDate_AgreesToPicoradians()
        => Assert.Equal(1.754174981860675096, Fk5.MeanSiderealTimeRad(new Epoch((53_736L * 2 - 103_089) * TimeScales.NanosecondsPerDay / 2 + 32_184_000_000), 0), 1e-12);

    /// <summary>ERFA test case of obl80.</summary>
    [Fact]
    public void MeanObliquity_ErfaTestDate_AgreesToPicoradians() => Assert.Equal(0.4090751347643816218, Fk5.MeanObliquityRad((54_388 - 51_544.5) / 36_525), 1e-13);

    /// <summary>ERFA test case of bp06: the frame bias.</summary>
    [Fact]
    public void FrameBias_PublishedMatrix_AgreesToPicoradians()
    {
        // By the way of Fukushima and Williams the offset of the equinox differs by 12 µas.
        var b = Fk5.GcrfToEme2000;
        Assert.Equal(-0.7078368960971557145e-7, b.M01, 6e-11);
        Assert.Equal(0.8056213977613185606e-7, b.M02, 2e-12);
        Assert.Equal(0.3305943742989134124e-7, b.M12, 2e-12);
        Assert.Equal(-0.8056214211620056792e-7, b.M20, 2e-12);
    }

    /// <summary>Vallado, Seago and Seidelmann 2006, AAS 06-134, and Vallado, example 3-15: 2004-04-06T07:51:28.386009 UTC, every step, metres.</summary>
    [Fact]
    public void Chain_ValladoLowOrbit_EveryStepWithinMillimetres()
    {
        var epoch = Testing.At("2004-04-06T07:51:28.386009");
        var teme = new Vector3d(5_094.18016210, 6_127.64465950, 6_380.34453270);
        var trueOfDate = new Vector3d(5_094.5147804, 6_127.3664612, 6_380.3445328);
        var meanOfDate = new Vector3d(5_094.0290167, 6_127.8709363, 6_380.2478885);
        Testing.Near(teme, Fk5.TrueOfDateToTeme(epoch) * trueOfDate, 1e-4);
        Testing.Near(trueOfDate, Fk5.MeanToTrueOfDate(epoch) * meanOfDate, 2e-7);
        Testing.Near(new Vector3d(-4.746088567, 0.786077222, 5.531931288), Fk5.MeanToTrueOfDate(epoch) * new Vector3d(-4.746262495, 0.786014149, 5.531791025), 2e-9);
        Testing.Near(meanOfDate, Fk5.Eme2000ToMeanOfDate(epoch) * new Vector3d(5_102.5096, 6_123.01152, 6_378.1363), 1e-4);
    }

    /// <summary>The same paper's geostationary case, 2004-06-01.</summary>
    [Fact]
    public void Chain_ValladoGeostationary_NutationWithinAMillimetre()
    {
        var epoch = Testing.At("2004-06-01T00:00:00");
        Testing.Near(new Vector3d(-40_577.4277501, -11_500.0961306, 10.2932583),
            Fk5.MeanToTrueOfDate(epoch) * new Vector3d(-40_576.8226385, -11_502.2315013, 9.7382304), 1e-6);
        Testing.Near(new Vector3d(0.837552338, -2.957524176, -0.000928772), Fk5.MeanToTrueOfDate(epoch) * new Vector3d(0.837708020, -2.957480118, -0.000814275), 2e-9);
    }

    /// <summary>AAS 06-134: the same position in GCRF and EME2000, printed to 0.1 mm.</summary>
    [Theory]
    [InlineData(5_102_508.9579, 6_123_011.4038, 6_378_136.9252, 5_102_509.0383, 6_123_011.9758, 6_378_136.3118)]
    [InlineData(-40_588_150.3617, -11_462_167.0397, 27_143.1974, -40_588_149.5482, -11_462_169.9118, 27_146.8462)]
    public void FrameBias_PublishedPositions_WithinAMillimetre(double x, double y, double z, double ex, double ey, double ez)
        => Testing.Near(new Vector3d(ex, ey, ez) / 1_000, Fk5.GcrfToEme2000 * (new Vector3d(x, y, z) / 1_000), 1e-6);

    /// <summary>ERFA's nutm80 as printed for 2004-02-14 UTC in Orekit's tests of TOD.</summary>
    [Fact]
    public void NutationMatrix_PublishedRows_AgreeToPicoradians()
    {
        var m = Fk5.MeanToTrueOfDate(Testing.At("2004-02-14T00:00:00"));
        Assert.Equal(4.8681019508684473249e-05, m.M01, 2e-13);
        Assert.Equal(2.1105264333587349032e-05, m.M02, 2e-13);
        Assert.Equal(-3.205231683600651138e-05, m.M12, 2e-13);
    }

    /// <summary>Deep-space case of the SGP4 papers (satellite 5, 2000-182.78495062), with what Vallado's own program gives for it.</summary>
    [Fact]
    public void TemeToEme2000_Satellite5_Within3Centimetres()
    {
        Assert.True(Utc.TryParse("2000-182T18:50:19.733568", out var epoch));
        var turn = Fk5.GcrfToEme2000 * Fk5.TemeToGcrf(epoch);
        Testing.Near(new Vector3d(-9_059.9415224999, 4_659.6971225837, 813.9577294765), turn * new Vector3d(-9_060.47373569, 4_658.70952502, 813.68673153), 3e-5);
        Testing.Near(new Vector3d(-2.2333476939, -4.1101362849, -3.1573941963), turn * new Vector3d(-2.232832783, -4.110453490, -3.157345433), 1e-7);
    }

    /// <summary>The way by theory with the published dPsi and dEpsilon against the example's GCRF; without them, what they are worth.</summary>
    [Fact]
    public void TemeToGcrf_ValladoExampleWithOffsets_WithinFiveCentimetres()
    {
        var epoch = Testing.At("2004-04-06T07:51:28.386009");
        var teme = new CartesianState(epoch, Frame.Teme, new Vector3d(5_094.18016210, 6_127.64465950, 6_380.34453270), new Vector3d(-4.746131487, 0.785818041, 5.531931288));
        var expected = new Vector3d(5102.508959486, 6123.011392960, 6378.136934384);
        var (with, without) = (Fk5.TemeToGcrf(teme, new NutationOffsets(-0.052195 * RadPerArcsecond, -0.003875 * RadPerArcsecond)), Fk5.TemeToGcrf(teme));
        Figure.Say("TEME to GCRF by theory, with the published offsets of nutation", "Vallado's example 3-15", "", with.PositionKm.DistanceTo(expected) * 1e3, "m", Aim.AtMost(1));
        Figure.Say("TEME to GCRF by theory alone", "Vallado's example 3-15", "", without.PositionKm.DistanceTo(expected) * 1e3, "m", Aim.AtMost(1));
        Testing.Near(expected, with.PositionKm, 5e-5);
        Testing.Near(expected, without.PositionKm, 2e-3);
        Testing.Near(new Vector3d(-4.74322016045, 0.790536499422, 5.533755724026), with.VelocityKmPerS, 2e-7);
    }

    /// <summary>By theory alone against the way over ITRF with measured orientation, 1990 to 2024.</summary>
    [Fact]
    public void TemeToGcrf_WithoutOrientation_WithinTwoMetresInLowOrbit()
    {
        var rotation = new EarthRotation(EarthOrientationFile.All);
        var errors = new List<double>();
        for (var epoch = Testing.At("1990-01-01T00:00:00"); epoch < Testing.At("2025-01-01T00:00:00"); epoch = epoch.PlusSeconds(400_000))
        {
            var direction = new Vector3d(Math.Cos(errors.Count), Math.Sin(errors.Count), Math.Sin(2.3 * errors.Count)).Unit();
            var teme = new CartesianState(epoch, Frame.Teme, 7_000 * direction, Vector3d.Zero);
            errors.Add(rotation.To(teme, Frame.Gcrf).PositionKm.DistanceTo(Fk5.TemeToGcrf(teme).PositionKm) * 1_000);
        }
        Figure.Quantiles("TEME to GCRF by theory alone, 7,000 km, 1990 to 2024", "the way over ITRF with measured orientation", errors, "m", Aim.AtMost(1));
        Assert.InRange(errors.Max(), 0.5, 2);
    }

    [Fact]
    public void TemeToGcrf_ThereAndBack_ReturnsTheState()
    {
        var offsets = new NutationOffsets(-0.052195 * RadPerArcsecond, -0.003875 * RadPerArcsecond);
        var back = Fk5.TemeToGcrf(Fk5.GcrfToTeme(Testing.LowOrbit, offsets), offsets);
        Testing.Near(Testing.LowOrbit.PositionKm, back.PositionKm, 1e-11);
        Testing.Near(Testing.LowOrbit.VelocityKmPerS, back.VelocityKmPerS, 1e-14);
        Assert.Throws<ArgumentException>(() => Fk5.TemeToGcrf(Testing.LowOrbit));
        Assert.Throws<ArgumentException>(() => Fk5.GcrfToTeme(Fk5.GcrfToTeme(back)));
    }

    private static Epoch At(int mjd) => new((mjd * 2L - 103_089) * TimeScales.NanosecondsPerDay / 2);
}
