using SsaShare.Reference;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>A radar calibration sphere (catalog number 5398) from Ascension, Antigua and Kaena Point: 23,914 observations from 9 December 1996 to 25 January 1997.</summary>
public class SphereTests
{
    private static readonly Lazy<SphereArcs> Sphere = new(() => SphereArcs.Load(ReferenceData.File));
    private static readonly Lazy<List<SphereArcs.Arc>> Arcs = new(() => Sphere.Value.All());
    // What the forces leave out, as the fusion of radars takes it.
    private static readonly OrbitModelError ModelError = new(0.05, 0.05);
    private static readonly string[] Units = ["m", "deg", "deg"];

    [Fact]
    public void Fit_OfEveryArc_LeavesResidualsWithinTheNoiseOfTheSensors()
    {
        ReferenceData.File(SphereArcs.ObservationFile);
        var arcs = Arcs.Value;
        var stray = Sphere.Value.Stray(arcs[0]);
        Say($"sphere 5398: {stray.Count} of 23914 observations, before 12 December, are of another object: {stray.Min():F0} km of range off at least in {stray.Count(km => km > 100)}");
        Assert.Equal(23_914, arcs.Sum(arc => arc.Observations.Count) + stray.Count);
        Assert.True(stray.Order().ElementAt(stray.Count / 2) > 100);
        foreach (var arc in arcs)
            Say($"sphere 5398, three days from {Domain.Utc.ToDateTime(arc.Begin):yyyy-MM-dd}: {arc.Fit.ObservationsUsed} used, {arc.Fit.ObservationsRejected} left out, reduced chi-square {arc.Fit.ReducedChiSquare:F2}, {arc.Fit.Iterations} corrections, "
                + string.Join(", ", arc.Fit.Statistics.Where(s => s.Kind == MeasurementKind.Range && s.Used > 0).Select(s => $"{s.Sensor.Sensor} range {s.RootMeanSquare * 1e3:F0} m rms"))
                + $", position sigma {arc.Fit.Covariance.PositionSigmaKm * 1e3:F0} m, condition {arc.Fit.ConditionNumber:G2}");
        foreach (var group in arcs.SelectMany(arc => arc.Fit.Statistics).Where(s => s.Used > 0).GroupBy(s => (s.Sensor, s.Kind)).OrderBy(g => g.Key.Sensor.ToString()).ThenBy(g => g.Key.Kind))
        {
            double rms = Math.Sqrt(group.Sum(s => s.Used * s.RootMeanSquare * s.RootMeanSquare) / group.Sum(s => s.Used)), sigma = group.First().Sigma;
            double unit = Unit(group.Key.Kind);
            Figure.Say($"sphere 5398, residuals of 15 arcs after editing at 3 sigma, sensor {group.Key.Sensor.Sensor} {group.Key.Kind}, {group.Sum(s => s.Used)} used, {group.Sum(s => s.Rejected)} left out", "noise in SENSOR.DAT", "rms", rms * unit, Units[(int)group.Key.Kind], Aim.AtMost(sigma * unit));
            Assert.InRange(rms / sigma, 0, 1);
        }
        int used = arcs.Sum(arc => arc.Fit.ObservationsUsed);
        Figure.Say($"sphere 5398, observations of 23914 used in {arcs.Count} arcs", "all that the radars sent", "count", used, "");
        Assert.InRange(used, 0.85 * 23_914, 23_914);
        Assert.All(arcs, arc => Assert.InRange(arc.Fit.ReducedChiSquare, 0.1, 1));
        // Everything left out has a reason, and range rates have no noise to be weighed by.
        Assert.All(arcs, arc => Assert.Equal(arc.Fit.ObservationsRejected, arc.Fit.Edited.Where(e => e.Reason is EditReason.Residual or EditReason.BelowHorizon).Select(e => e.ObservationIndex).Distinct().Count()));
        Assert.Contains(arcs[0].Fit.Edited, e => e is { Reason: EditReason.NoSigma, Kind: MeasurementKind.RangeRate });
    }

    /// <summary>The arcs share no observation, so their biases are independent estimates once the published figure, which each fit knows beforehand, is taken off.</summary>
    [Fact]
    public void Fit_BiasesOfAllArcs_ShowWhetherThePublishedOnesAreInTheData()
    {
        ReferenceData.File(SphereArcs.ObservationFile);
        foreach (var sensor in Sphere.Value.Observations.Select(o => o.Sensor).DistinctBy(s => s.Key).OrderBy(s => s.Key.ToString()))
            for (var kind = MeasurementKind.Range; kind <= MeasurementKind.Elevation; kind++)
            {
                double published = sensor.Bias.Of(kind)!.Value, priorSigma = Math.Max(published, sensor.Sigma.Of(kind)!.Value), sum = 0, weights = 0;
                int arcs = 0;
                foreach (var found in Arcs.Value.Where(arc => arc.Fit.Realism.Residuals.Any(r => r.Sensor == sensor.Key)).Select(arc => arc.Fit.Biases.Single(b => b.Sensor == sensor.Key && b.Kind == kind)))
                {
                    double information = 1 / (found.Sigma * found.Sigma), prior = 1 / (priorSigma * priorSigma);
                    if (information <= 1.05 * prior) continue;
                    sum += information * found.Value - prior * published;
                    weights += information - prior;
                    arcs++;
                }
                double mean = sum / weights, sigma = 1 / Math.Sqrt(weights), unit = Unit(kind);
                Figure.Say($"sphere 5398, bias of {sensor.Key.Sensor} {kind} from {arcs} arcs, +- {sigma * unit:G2}", "the published bias", "difference", (mean - published) * unit, Units[(int)kind]);
                Say($"sphere 5398, bias {sensor.Key.Sensor} {kind}: {mean * unit:G3} +- {sigma * unit:G2} {Units[(int)kind]} from {arcs} arcs; published {published * unit:G3}: {(mean - published) / sigma:F1} sigma from it, {mean / sigma:F1} from 0, {(mean + published) / sigma:F1} from its opposite");
                if (kind == MeasurementKind.Range) Assert.InRange(Math.Abs(mean), 0, 0.06);
            }
    }

    [Fact]
    public void Predict_FourthDayFromThree_ErrorsAndTheirStatedSigmas()
    {
        ReferenceData.File(SphereArcs.ObservationFile);
        var sphere = Sphere.Value;
        var all = new List<(SensorKey Sensor, PredictionResidual Residual, bool IsLost)>();
        var perDay = new List<(double, int)>();
        foreach (var arc in Arcs.Value)
        {
            var end = arc.Begin.PlusSeconds(SphereArcs.Days * 86_400);
            var next = sphere.Between(end, end.PlusSeconds(86_400));
            // A lost track is no test of the orbit, and to leave out what the fit of the following arc leaves out judges the data by themselves: so both are told.
            var following = Arcs.Value.FirstOrDefault(other => other.Begin == end);
            if (following is null) continue;
            var lost = following.Fit.Edited.Where(e => e.Reason != EditReason.NoSigma).Select(e => following.Observations[e.ObservationIndex]).ToHashSet(ReferenceEqualityComparer.Instance);
            if (next.Count == 0) continue;
            Assert.True(OrbitPrediction.TryCompare(arc.Fit, next, sphere.Fitter.Propagator, sphere.Fitter.Model, out var residuals, ModelError));
            all.AddRange(residuals.Select(r => (next[r.ObservationIndex].Sensor.Key, r, lost.Contains(next[r.ObservationIndex]))));
            // One observation of each sensor and day counts: errors of a prediction are one error for hours.
            perDay.AddRange(residuals.GroupBy(r => next[r.ObservationIndex].Sensor.Key).Select(g => g.ElementAt(g.Count() / 2)).Select(r => (r.ChiSquare, r.Figures)));
        }
        foreach (var group in all.GroupBy(r => r.Sensor).OrderBy(g => g.Key.ToString()))
            for (var kind = MeasurementKind.Range; kind <= MeasurementKind.Elevation; kind++)
            {
                double unit = Unit(kind);
                double[] whole = [.. group.Select(r => Math.Abs(r.Residual.Of(kind)!.Value) * unit).Order()];
                double[] kept = [.. group.Where(r => !r.IsLost).Select(r => Math.Abs(r.Residual.Of(kind)!.Value) * unit).Order()];
                foreach (var (sizes, which) in new[] { (whole, $"all {whole.Length} predicted"), (kept, $"{kept.Length} without the {whole.Length - kept.Length} that the next arc's fit leaves out") })
                foreach (double share in (double[])[0.5, 0.9, 0.95, 0.99])
                    Figure.Say($"sphere 5398, fourth day from three, sensor {group.Key.Sensor} {kind}, {which}", "what the radars measured", $"{share * 100:F0} %", at(sizes, share), Units[(int)kind]);
                Assert.InRange(at(whole, 0.5), 0, kind == MeasurementKind.Range ? 65 : 0.03);
                Assert.InRange(at(whole, 0.9), 0, kind == MeasurementKind.Range ? 250 : 0.1);
                Assert.True(kept.Length > 0.8 * whole.Length, $"{kept.Length} of {whole.Length}");
            }
        double[] ratios = [.. all.Select(r => Math.Sqrt(r.Residual.ChiSquare / r.Residual.Figures)).Order()];
        foreach (var (share, honest) in new[] { (0.5, 0.89), (0.9, 1.44), (0.99, 1.94) })
            Figure.Say($"sphere 5398, fourth day, error over stated sigma, all {ratios.Length} predicted", $"normal errors of that sigma: {honest}", $"{share * 100:F0} %", at(ratios, share), "");
        Say($"sphere 5398, fourth day, one observation a day and sensor: {MahalanobisTest.Of(perDay)}");
        Assert.InRange(ratios[ratios.Length / 2], 0.05, 1);

        static double at(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
    }

    [Fact]
    public void Fit_Realism_SaysThatErrorsLastAndTheStatedNoiseIsTooLarge()
    {
        ReferenceData.File(SphereArcs.ObservationFile);
        var realism = Arcs.Value.Select(arc => arc.Fit.Realism).ToList();
        foreach (var group in realism.SelectMany(r => r.Residuals).GroupBy(r => (r.Sensor, r.Kind)).OrderBy(g => g.Key.Sensor.ToString()).ThenBy(g => g.Key.Kind))
        {
            double meanSquare = group.Sum(r => r.Count * r.MeanSquare) / group.Sum(r => r.Count);
            double[] seconds = [.. group.Select(r => r.CorrelationSeconds).Where(double.IsFinite).Order()], watson = [.. group.Select(r => r.DurbinWatson).Where(double.IsFinite).Order()];
            Say($"sphere 5398, realism {group.Key.Sensor.Sensor} {group.Key.Kind}: mean square over stated {meanSquare:F2}, Durbin-Watson median {watson[watson.Length / 2]:F2}, errors last for {seconds[seconds.Length / 2]:F0} s");
        }
        double[] ratios = [.. realism.Select(r => r.Distances.MeanRatio).Order()], scales = [.. realism.Select(r => r.Distances.Scale).Order()];
        Figure.Say("sphere 5398, residual distances of single arcs, mean square over the covariance", "1 where the stated noise is honest", "median", ratios[ratios.Length / 2], "");
        Say($"sphere 5398, residual distances of single arcs: best scale median {scales[scales.Length / 2]:F2}, Cramer-von Mises p below 0.01 in {realism.Count(r => r.Distances.PValue < 0.01)} of {realism.Count}");
        Assert.InRange(ratios[ratios.Length / 2], 0.1, 1.2);
        Assert.All(realism.SelectMany(r => r.Residuals), r => Assert.InRange(r.MeanSquare, 0, 10));
    }

    private static double Unit(MeasurementKind kind) => kind == MeasurementKind.Range ? 1e3 : 180 / Math.PI;

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
