using System.Globalization;
using SsaShare.Domain;
using SsaShare.Reference;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>GEOS-3 (catalog number 7734) from Kaena Point, 29 January to 2 February 1995, beside the differential correction that Vallado's program made of its first pass (GEOS2.TXT).</summary>
public class GeosTests
{
    private const double Deg = 180 / Math.PI;
    private static readonly OrbitFitter Fitter = new(new Propagator(new ForceModel(ForceModelOptions.Precise)), new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected));

    /// <summary>The same eleven observations, six parameters, published biases taken off, equal weights within a kind.</summary>
    /// <remarks>
    /// Like for like, two bodies and the geocentric horizon, the best orbit leaves what the published one leaves. Our own model misses that by 0.19 %: two minutes of data hold no more than
    /// the noise, and the models follow it differently. At their best, weighted, two bodies leave 0.61360 with the geocentric horizon (the published figure) and 0.61432 with the geodetic
    /// one, J2 with the geocentric 0.61421, all forces with the geocentric 0.61420, and all with the geodetic, which is ours, 0.61475.
    /// </remarks>
    [Fact]
    public void Fit_FirstElevenObservations_AsGoodAsThePublishedCorrectionLikeForLike()
    {
        var pass = All()[..11];
        var fit = Testing.Fitted(InitialOrbit.FromPass(pass, Fitter));
        var ours = Testing.Fitted(Fitter.Fit(pass, fit.State, new OrbitFitOptions { EstimateBiases = false, EstimateSurface = false, Surface = default, CorrelationSeconds = 0 }));
        double[] sigma = [.. ours.Statistics.Select(s => s.Sigma)], orbit = Published();
        double[] rms = [.. ours.Statistics.Select(s => s.RootMeanSquare)], published = Rms(TwoBodyResiduals(pass, orbit)), like = Rms(TwoBodyResiduals(pass, TwoBodyFit(pass, orbit, sigma)));
        Say("published correction (GEOS2.TXT)", published);
        Say("ours", rms);
        Figure.Say("GEOS-3, first eleven observations, weighted residuals over the noise, two bodies and geocentric horizon as published", "published correction (GEOS2.TXT)", "rms", Weighted(like, sigma), "", Aim.AtMost(Weighted(published, sigma)));
        Figure.Say("GEOS-3, first eleven observations, weighted residuals over the noise, our own model", "published correction (GEOS2.TXT)", "rms", Weighted(rms, sigma), "", Aim.AtMost(Weighted(published, sigma)));
        Assert.Equal(0, ours.ObservationsRejected);
        Assert.True(Weighted(like, sigma) <= Weighted(published, sigma), $"{Weighted(like, sigma)} {Weighted(published, sigma)}");
        Assert.True(Weighted(rms, sigma) <= 1.002 * Weighted(published, sigma), $"{Weighted(rms, sigma)} {Weighted(published, sigma)}");
    }

    /// <summary>The whole of the file: five days.</summary>
    [Fact]
    public void Fit_FiveDays_LeavesResidualsWithinTheNoise()
    {
        var all = All();
        var first = Testing.Fitted(InitialOrbit.FromPass([.. all.TakeWhile(o => o.Epoch.SecondsSince(all[0].Epoch) < 1_200)], Fitter));
        var options = new OrbitFitOptions { EstimateBiases = false, EstimateSurface = false };
        var day = Testing.Fitted(Fitter.Fit([.. all.Where(o => o.Epoch.SecondsSince(all[0].Epoch) < 86_400)], first.State, options));
        var fit = Testing.Fitted(Fitter.Fit(all, day.State, new OrbitFitOptions()));
        Say($"all {all.Count} observations of five days, {fit.ObservationsRejected} left out, reduced chi-square {fit.ReducedChiSquare:F2}, position sigma {fit.Covariance.PositionSigmaKm * 1e3:F0} m",
            [.. fit.Statistics.Select(s => s.RootMeanSquare)]);
        foreach (var edited in fit.Edited) TestContext.Current.TestOutputHelper?.WriteLine($"GEOS-3, left out: {Utc.ToDateTime(all[edited.ObservationIndex].Epoch):yyyy-MM-dd HH:mm:ss} {edited}");
        Assert.All(fit.Statistics, s => Assert.InRange(s.RootMeanSquare / s.Sigma, 0, 1));
        Assert.InRange(fit.ObservationsRejected, 0, 5);
    }

    private static List<TrackingObservation> All()
        => RadarFile.Read(ReferenceData.Lines("obs/ssn-b3/7734.OBS"), RadarFile.Sensors(ReferenceData.Lines("obs/ssn-b3/SENSOR.DAT"), "932"));

    /// <summary>State of the published correction: km and km/s in the mean equinox of date.</summary>
    private static double[] Published()
    {
        string last = ReferenceData.Lines("obs/ssn-b3/GEOS2.TXT").Last(line => line.StartsWith("Loop  2 Nominal", StringComparison.Ordinal));
        return [.. Enumerable.Range(0, 6).Select(i => double.Parse(i < 3 ? last.AsSpan(15 + i * 13, 13) : last.AsSpan(54 + (i - 3) * 12, 12), NumberStyles.Float, CultureInfo.InvariantCulture))];
    }

    /// <summary>
    /// Residuals of range, azimuth across the line of sight and elevation, three of each observation, that a state leaves, moved by two bodies and seen as the publication's program did: from the
    /// mean equinox, UT1 taken as UTC, elevations from the geocentric horizon. Of the last observation this gives 0.1 m and -0.0046 degrees of elevation; the program printed -0.4 m and -0.0046 degrees.
    /// </summary>
    private static double[] TwoBodyResiduals(List<TrackingObservation> pass, double[] state)
    {
        double[] residuals = new double[3 * pass.Count];
        for (int i = 0; i < pass.Count; i++)
        {
            var o = pass[i];
            Assert.True(TwoBody.TryPropagate(new(state[0], state[1], state[2]), new(state[3], state[4], state[5]), o.Epoch.SecondsSince(pass[0].Epoch), out var position, out _));
            var site = (SensorSite)o.Sensor.Place;
            var itrf = Matrix3.RotationZ(MeanSiderealTime.Rad(o.Epoch)) * position;
            var geocentric = site.Place with { LatitudeRad = Math.Asin(site.ItrfKm.Z / site.ItrfKm.Norm) };
            var local = Wgs84.ItrfToEastNorthUp(geocentric) * (itrf - site.ItrfKm);
            double elevation = Math.Asin(local.Z / local.Norm), azimuth = Math.Atan2(local.X, local.Y);
            var (m, bias) = (o.Measured, o.Sensor.Bias);
            residuals[3 * i] = m.RangeKm!.Value - bias.RangeKm!.Value - local.Norm;
            residuals[3 * i + 1] = Math.IEEERemainder(m.AzimuthRad!.Value - bias.AzimuthRad!.Value - azimuth, Math.Tau) * Math.Cos(elevation);
            residuals[3 * i + 2] = m.ElevationRad!.Value - bias.ElevationRad!.Value - elevation;
        }
        return residuals;
    }

    /// <summary>The state whose residuals weigh least: Gauss and Newton's steps with differences.</summary>
    private static double[] TwoBodyFit(List<TrackingObservation> pass, double[] start, double[] sigma)
    {
        double[] state = [.. start];
        for (int iteration = 0; iteration < 12; iteration++)
        {
            double[] at = TwoBodyResiduals(pass, state), normal = new double[36], right = new double[6], step = new double[6];
            double[][] columns = [.. Enumerable.Range(0, 6).Select(j =>
            {
                double h = j < 3 ? 1e-3 : 1e-5;
                double[] shifted(double by) => TwoBodyResiduals(pass, [.. state.Select((value, k) => k == j ? value + by : value)]);
                return shifted(-h).Zip(shifted(h), (a, b) => (a - b) / (2 * h)).ToArray();
            })];
            for (int i = 0; i < at.Length; i++)
            for (int j = 0; j < 6; j++)
            {
                double weight = 1 / (sigma[i % 3] * sigma[i % 3]);
                right[j] += weight * columns[j][i] * at[i];
                for (int k = 0; k < 6; k++) normal[j * 6 + k] += weight * columns[j][i] * columns[k][i];
            }
            Assert.True(SymmetricSolver.TrySolve(normal, right, step));
            for (int j = 0; j < 6; j++) state[j] += step[j];
        }
        return state;
    }

    private static double[] Rms(double[] residuals)
        => [.. Enumerable.Range(0, 3).Select(kind => Math.Sqrt(residuals.Where((_, i) => i % 3 == kind).Average(value => value * value)))];

    private static double Weighted(double[] rms, double[] sigma) => Math.Sqrt(rms.Zip(sigma, (a, b) => a * a / (b * b)).Average());

    private static void Say(string what, double[] rms)
    {
        foreach (var (kind, value, unit) in new[] { ("range", rms[0] * 1e3, "m"), ("azimuth across the line of sight", rms[1] * Deg, "deg"), ("elevation", rms[2] * Deg, "deg") })
            Figure.Say($"GEOS-3, {what}, residuals of {kind}", "what the radar measured", "rms", value, unit);
    }
}
