using System.Globalization;
using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

public class EphemerisTests
{
    /// <summary>Laser ranging prediction of LAGEOS-2 (5,900 km high), ITRF positions every five minutes of one day.</summary>
    [Fact]
    public void Propagate_LaserPredictionOfLageos2_WithinHalfMetreOverOneDay()
    {
        double rms = Rms(LaserPrediction(), new ForceModel(new ForceModelOptions(24, true, true)));
        Figure.Say("LAGEOS-2, one day", "the laser prediction", "rms", rms * 1e3, "m");
        Assert.InRange(rms, 1e-6, 5e-4);
    }

    /// <summary>The tides of the oceans bring 3 cm, the other fine forces millimetres (TidalPartsTests guards those); the prediction itself is good to centimetres only.</summary>
    [Fact]
    public void Propagate_LaserPredictionOfLageos2WithAllForces_WithinFiveCentimetres()
    {
        double rms = Rms(LaserPrediction(), new ForceModel(ForceModelOptions.Full, bodies: JplSlice.Ephemeris));
        Figure.Say("LAGEOS-2, one day, all forces", "laser prediction", "rms", rms * 1e6, "mm");
        Assert.InRange(rms, 1e-6, 5e-5);
    }

    /// <summary>Precise ephemeris of a GPS satellite, ITRF positions every 15 minutes; the first day.</summary>
    [Fact]
    public void Propagate_PreciseGpsEphemeris_WithinTwoMetresOverOneDay()
    {
        double rms = Rms(GpsEphemeris(1), new ForceModel(new ForceModelOptions(12, true, true), rotation: GpsRotation), GpsRotation);
        Figure.Say("GPS, one day", "the precise ephemeris", "rms", rms * 1e3, "m");
        Assert.InRange(rms, 1e-6, 2e-3);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 10)]
    public void Propagate_PreciseGpsEphemerisWithAllForces_StaysClose(int days, double metres)
    {
        double rms = Rms(GpsEphemeris(days), new ForceModel(ForceModelOptions.Full, rotation: GpsRotation), GpsRotation);
        Figure.Say($"GPS, {days} days, all forces", "the precise ephemeris", "rms", rms * 1e3, "m");
        Assert.InRange(rms, 1e-6, metres * 1e-3);
    }

    /// <summary>
    /// A geostationary orbit by another program (STK HPOP, positions in ICRF every two minutes of eight days). Its header does not name the forces; they turn out to be the field of EGM2008 alone:
    /// with Sun and Moon 1.3 km are left after one day, with zonal harmonics alone 167 m.
    /// </summary>
    [Fact]
    public void Propagate_GeostationaryReference_WithinTwoCentimetresOverEightDays()
    {
        var start = Testing.At("2017-05-08T03:51:42.766");
        var states = new List<CartesianState>();
        foreach (string line in ReferenceData.Lines("ephem/GEOSatZonalHPOP11.e.gz"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length != 7 || !double.TryParse(w[0], CultureInfo.InvariantCulture, out double seconds)) continue;
            states.Add(new CartesianState(start.PlusSeconds(seconds), Frame.Gcrf, new Vector3d(Number(w[1]), Number(w[2]), Number(w[3])) / 1_000, new Vector3d(Number(w[4]), Number(w[5]), Number(w[6])) / 1_000));
        }
        CartesianState[] some = [.. states.Where((_, i) => i % 30 == 0)];
        Assert.True(some[^1].Epoch.SecondsSince(some[0].Epoch) > 7.9 * 86_400);
        var forces = new ForceModel(new ForceModelOptions(21, false, false) { GradientDegree = 8 }, rotation: EarthOrientationFile.Rotation(57_870, 57_900));
        double rms = EphemerisFit.RmsKm(some, some[0], new Propagator(forces, 1e-9));
        Figure.Say("geostationary orbit, eight days", "STK HPOP", "rms", rms * 1e6, "mm");
        Assert.InRange(rms, 1e-9, 2e-5);
    }

    private static EarthRotation GpsRotation => EarthOrientationFile.Rotation(54_020, 54_035);

    private static List<CartesianState> LaserPrediction()
    {
        var itrf = new List<CartesianState>();
        foreach (string line in ReferenceData.Lines("obs/lageos2/lageos2_cpf_160213_5441.sgf"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length != 8 || w[0] != "10") continue;
            double seconds = (Number(w[2]) - 57_431) * 86_400 + Number(w[3]);
            itrf.Add(new CartesianState(Testing.At("2016-02-13T00:00:00").PlusSeconds(seconds), Frame.Itrf, new Vector3d(Number(w[5]), Number(w[6]), Number(w[7])) / 1_000, Vector3d.Zero));
        }
        return itrf;
    }

    private static List<CartesianState> GpsEphemeris(int days)
    {
        var itrf = new List<CartesianState>();
        foreach (string line in ReferenceData.Lines("ephem/gpsd6n22short.E.gz"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length != 7 || !double.TryParse(w[0], CultureInfo.InvariantCulture, out double seconds)) continue;
            if (seconds > 86_400.0 * days) break;
            // "15 Oct 2006 23:59:47 UTC": 2006-10-16 00:00:01 GPS time is 14 s ahead of it.
            var epoch = Testing.At("2006-10-15T23:59:47").PlusSeconds(seconds);
            itrf.Add(new CartesianState(epoch, Frame.Itrf, new(Number(w[1]), Number(w[2]), Number(w[3])), new(Number(w[4]), Number(w[5]), Number(w[6]))));
        }
        return itrf;
    }

    private static double Rms(List<CartesianState> itrf, ForceModel forces, EarthRotation? rotation = null)
    {
        Assert.True(itrf.Count > 50);
        CartesianState[] gcrf = [.. itrf.Select((rotation ?? EarthRotation.Default).ToGcrf)];
        // The positions alone give the starting velocity.
        Assert.True(InitialOrbit.TryVelocity((gcrf[0].Epoch, gcrf[0].PositionKm), (gcrf[1].Epoch, gcrf[1].PositionKm), (gcrf[2].Epoch, gcrf[2].PositionKm), out var start));
        return EphemerisFit.RmsKm(gcrf, start, new Propagator(forces, 1e-8));
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
