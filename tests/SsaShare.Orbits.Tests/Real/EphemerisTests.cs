using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class EphemerisTests
{
    /// <summary>Laser ranging prediction of LAGEOS-2 (5,900 km high), ITRF positions every five minutes of one day.</summary>
    [Fact]
    public void Propagate_LaserPredictionOfLageos2_WithinHalfMetreOverOneDay()
    {
        var itrf = new List<CartesianState>();
        foreach (string line in ReferenceData.Lines("obs/lageos2/lageos2_cpf_160213_5441.sgf"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length != 8 || w[0] != "10") continue;
            var epoch = Testing.At("2016-02-13T00:00:00").PlusSeconds((Number(w[2]) - 57_431) * 86_400 + Number(w[3]));
            itrf.Add(new CartesianState(epoch, Frame.Itrf, new Vector3d(Number(w[5]), Number(w[6]), Number(w[7])) / 1_000, Vector3d.Zero));
        }
        double rms = Rms(itrf, EarthRotation.Default, new ForceModelOptions(24, true, true));
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED LAGEOS-2, one day against the laser prediction: {rms * 1e3:F2} m rms");
        Assert.InRange(rms, 1e-6, 5e-4);
    }

    /// <summary>Precise ephemeris of a GPS satellite, ITRF positions every 15 minutes; the first day.</summary>
    [Fact]
    public void Propagate_PreciseGpsEphemeris_WithinTwoMetresOverOneDay()
    {
        var itrf = new List<CartesianState>();
        foreach (string line in ReferenceData.Lines("ephem/gpsd6n22short.E.gz"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length != 7 || !double.TryParse(w[0], CultureInfo.InvariantCulture, out double seconds)) continue;
            if (seconds > 86_400) break;
            // "15 Oct 2006 23:59:47 UTC": 2006-10-16 00:00:01 GPS time is 14 s ahead of it.
            var epoch = Testing.At("2006-10-15T23:59:47").PlusSeconds(seconds);
            itrf.Add(new CartesianState(epoch, Frame.Itrf, new(Number(w[1]), Number(w[2]), Number(w[3])), new(Number(w[4]), Number(w[5]), Number(w[6]))));
        }
        double rms = Rms(itrf, EarthOrientationFile.Rotation(54_020, 54_035), new ForceModelOptions(12, true, true));
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED GPS, one day against the precise ephemeris: {rms * 1e3:F2} m rms");
        Assert.InRange(rms, 1e-6, 2e-3);
    }

    private static double Rms(List<CartesianState> itrf, EarthRotation rotation, ForceModelOptions options)
    {
        Assert.True(itrf.Count > 50);
        CartesianState[] gcrf = [.. itrf.Select(rotation.ToGcrf)];
        // The positions alone give the starting velocity.
        Assert.True(InitialOrbit.TryVelocity((gcrf[0].Epoch, gcrf[0].PositionKm), (gcrf[1].Epoch, gcrf[1].PositionKm), (gcrf[2].Epoch, gcrf[2].PositionKm), out var start));
        return EphemerisFit.RmsKm(gcrf, start, new Propagator(new ForceModel(options, rotation: rotation), 1e-8));
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
