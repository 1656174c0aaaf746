using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Laser ranging of LAGEOS-2 by four stations on 2016-02-13 and 14, and the orbit that others determined from it.</summary>
public class LaserRangingTests
{
    private const double LightSpeedKmPerS = 299_792.458;

    [Fact]
    public void Fit_LaserRanges_WithinFiveMetresOfIndependentOrbit()
    {
        var observations = Observations();
        var model = new MeasurementModel(EarthRotation.Default, new SignalConventions { TimeTag = TimeTag.AtTransmission, Refraction = Refraction.Radio });
        var fitter = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Precise), 1e-8), model);
        // EME2000 of the independent orbit; its axes are turned against GCRF by the frame bias (IERS Conventions 2010, 5.32).
        var expected = FromEme2000(new Vector3d(7526.994072, -9646.309832, 1464.110239), new Vector3d(3.033794, 1.715265, -4.447659));
        var start = new CartesianState(expected.Epoch, Frame.Gcrf, expected.PositionKm + new Vector3d(3, -3, 3), expected.VelocityKmPerS + new Vector3d(1e-3, 1e-3, -1e-3));
        var options = new OrbitFitOptions { CorrelationSeconds = 0, EstimateBiases = false, SurfaceSigma = new SurfaceCoefficients(1e-6, 5e-4), Surface = new SurfaceCoefficients(0, 8e-4) };
        var fit = Testing.Fitted(fitter.Fit(observations, start, options));
        double off = fit.State.SeparationKm(expected).Norm, rms = Math.Sqrt(fit.Residuals.Where(r => !r.IsRejected).Average(r => r.Value * r.Value));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"MEASURED LAGEOS-2 laser ranging: {fit.ObservationsUsed} of {observations.Count} ranges, residual {rms * 1e3:F2} m rms, state {off * 1e3:F1} m and {(fit.State.VelocityKmPerS - expected.VelocityKmPerS).Norm * 1e6:F1} mm/s from the independent orbit, sigma {fit.Covariance.PositionSigmaKm * 1e3:F1} m");
        Assert.InRange(rms, 1e-6, 1e-3);
        Assert.InRange(off, 0, 0.005);
        Assert.Equal(0, fit.ObservationsRejected);
    }

    private static CartesianState FromEme2000(Vector3d positionKm, Vector3d velocityKmPerS)
    {
        const double mas = Math.PI / 648_000_000;
        var toEme2000 = Matrix3.RotationX(6.8192 * mas) * Matrix3.RotationY(-16.617 * mas) * Matrix3.RotationZ(-14.6 * mas);
        return new CartesianState(Testing.At("2016-02-13T16:00:00"), Frame.Gcrf, toEme2000.TransposedTimes(positionKm), toEme2000.TransposedTimes(velocityKmPerS));
    }

    private static List<SensorObservation> Observations()
    {
        var stations = Stations();
        var observations = new List<SensorObservation>();
        Sensor? station = null;
        var day = default(Epoch);
        double before = 0;
        foreach (string line in ReferenceData.Lines("obs/lageos2/lageos2_20160214.npt"))
        {
            string[] w = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (w.Length == 0) continue;
            if (IsHeader(w[0], "h2")) station = stations[w[2]];
            if (IsHeader(w[0], "h4")) (day, before) = (Testing.At($"{w[2]}-{w[3].PadLeft(2, '0')}-{w[4].PadLeft(2, '0')}T00:00:00"), 0);
            if (w[0] != "11") continue;
            double seconds = double.Parse(w[1], CultureInfo.InvariantCulture), flight = double.Parse(w[2], CultureInfo.InvariantCulture);
            // A session that runs past midnight goes on counting in the next day.
            if (seconds < before) day = day.PlusSeconds(86_400);
            before = seconds;
            observations.Add(new SensorObservation(station!, new Observation(station!.Id, day.PlusSeconds(seconds), flight / 2 * LightSpeedKmPerS, null, null, null, null)));
        }
        return observations;
    }

    private static bool IsHeader(string word, string header) => word.Equals(header, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, Sensor> Stations()
    {
        var values = new Dictionary<(string Key, string Index), string>();
        foreach (string line in ReferenceData.Lines("obs/lageos2/od_test_Lageos2.in"))
        {
            string[] halves = line.Split('=');
            if (halves.Length != 2 || !line.StartsWith("ground.station.", StringComparison.Ordinal)) continue;
            string[] key = halves[0].Split(['[', ']'], StringSplitOptions.TrimEntries);
            values[(key[0], key[1])] = halves[1].Trim();
        }
        double figure(string name, string index) => double.Parse(values[("ground.station." + name, index)], CultureInfo.InvariantCulture);
        return values.Where(v => v.Key.Key == "ground.station.name").ToDictionary(v => v.Value, v => new Sensor(
            SensorId.Parse(v.Value), PartnerId.Parse("laser"), v.Value,
            new Geodetic(figure("latitude", v.Key.Index) * Testing.RadPerDegree, figure("longitude", v.Key.Index) * Testing.RadPerDegree, figure("altitude", v.Key.Index) / 1_000),
            new MeasurementFigures(0.0005, null, null, null), new MeasurementFigures(null, null, null, null)));
    }
}
