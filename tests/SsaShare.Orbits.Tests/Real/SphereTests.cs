using SsaShare.Reference;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>A radar calibration sphere (catalog number 5398) from Ascension, Antigua and Kaena Point: 23,914 observations from 9 December 1996 to 25 January 1997.</summary>
public class SphereTests
{
    private static readonly Lazy<SphereArcs> Sphere = new(() => SphereArcs.Load(ReferenceData.File));
    private static readonly Lazy<List<SphereArcs.Arc>> Arcs = new(() => Sphere.Value.All());
    private static readonly string[] Units = ["m", "deg", "deg"];

    [Fact]
    public void Fit_OfEveryArc_LeavesResidualsWithinTheNoiseOfTheSensors()
    {
        ReferenceData.File(SphereArcs.ObservationFile);
        var arcs = Arcs.Value;
        var stray = Sphere.Value.Stray(arcs[0]);
        Say($"MEASURED sphere 5398: {stray.Count} of 23914 observations, before 12 December, are of another object: {stray.Min():F0} km of range off at least in {stray.Count(km => km > 100)}");
        Assert.Equal(23_914, arcs.Sum(arc => arc.Observations.Count) + stray.Count);
        Assert.True(stray.Order().ElementAt(stray.Count / 2) > 100);
        foreach (var arc in arcs)
            Say($"MEASURED sphere 5398, three days from {Domain.Utc.ToDateTime(arc.Begin):yyyy-MM-dd}: {arc.Fit.ObservationsUsed} used, {arc.Fit.ObservationsRejected} left out, reduced chi-square {arc.Fit.ReducedChiSquare:F2}, "
                + string.Join(", ", arc.Fit.Statistics.Where(s => s.Kind == MeasurementKind.Range && s.Used > 0).Select(s => $"{s.Sensor.Sensor} range {s.RootMeanSquare * 1e3:F0} m rms"))
                + $", position sigma {arc.Fit.Covariance.PositionSigmaKm * 1e3:F0} m, condition {arc.Fit.ConditionNumber:G2}");
        foreach (var group in arcs.SelectMany(arc => arc.Fit.Statistics).Where(s => s.Used > 0).GroupBy(s => (s.Sensor, s.Kind)).OrderBy(g => g.Key.Sensor.ToString()).ThenBy(g => g.Key.Kind))
        {
            double rms = Math.Sqrt(group.Sum(s => s.Used * s.RootMeanSquare * s.RootMeanSquare) / group.Sum(s => s.Used)), sigma = group.First().Sigma;
            double unit = Unit(group.Key.Kind);
            Figure.Say($"sphere 5398, residuals of 15 arcs, sensor {group.Key.Sensor.Sensor} {group.Key.Kind}, {group.Sum(s => s.Used)} used, {group.Sum(s => s.Rejected)} left out", "noise in SENSOR.DAT", "rms", rms * unit, Units[(int)group.Key.Kind], Aim.AtMost(sigma * unit));
            Assert.InRange(rms / sigma, 0, 1);
        }
        int used = arcs.Sum(arc => arc.Fit.ObservationsUsed);
        Say($"MEASURED sphere 5398, {arcs.Count} arcs: {used} of 23914 observations used");
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
                Say($"MEASURED sphere 5398, bias {sensor.Key.Sensor} {kind}: {mean * unit:G3} +- {sigma * unit:G2} {Units[(int)kind]} from {arcs} arcs; published {published * unit:G3}: {(mean - published) / sigma:F1} sigma from it, {mean / sigma:F1} from 0, {(mean + published) / sigma:F1} from its opposite");
                if (kind == MeasurementKind.Range) Assert.InRange(Math.Abs(mean), 0, 0.06);
            }
    }

    [Fact]
    public void Predict_FourthDayFromThree_ErrorsAndTheirStatedSigmas()
    {
        ReferenceData.File(SphereArcs.ObservationFile);
        var sphere = Sphere.Value;
        var all = new List<(SensorKey Sensor, PredictionResidual Residual)>();
        var perDay = new List<(double, int)>();
        foreach (var arc in Arcs.Value)
        {
            var end = arc.Begin.PlusSeconds(SphereArcs.Days * 86_400);
            var next = sphere.Between(end, end.PlusSeconds(86_400));
            // A lost track is no test of the orbit: what the fit of the following arc leaves out is left out here.
            var following = Arcs.Value.FirstOrDefault(other => other.Begin == end);
            if (following is null) continue;
            var lost = following.Fit.Edited.Where(e => e.Reason != EditReason.NoSigma).Select(e => following.Observations[e.ObservationIndex]).ToHashSet(ReferenceEqualityComparer.Instance);
            next.RemoveAll(lost.Contains);
            if (next.Count == 0) continue;
            Assert.True(OrbitPrediction.TryCompare(arc.Fit, next, sphere.Fitter.Propagator, sphere.Fitter.Model, out var residuals));
            all.AddRange(residuals.Select(r => (next[r.ObservationIndex].Sensor.Key, r)));
            // One observation of each sensor and day counts: errors of a prediction are one error for hours.
            perDay.AddRange(residuals.GroupBy(r => next[r.ObservationIndex].Sensor.Key).Select(g => g.ElementAt(g.Count() / 2)).Select(r => (r.ChiSquare, r.Figures)));
        }
        foreach (var group in all.GroupBy(r => r.Sensor).OrderBy(g => g.Key.ToString()))
            for (var kind = MeasurementKind.Range; kind <= MeasurementKind.Elevation; kind++)
            {
                double unit = Unit(kind);
                double[] sizes = [.. group.Select(r => Math.Abs(r.Residual.Of(kind)!.Value) * unit).Order()];
                double at(double share) => sizes[(int)(share * (sizes.Length - 1))];
                foreach (double share in (double[])[0.5, 0.9, 0.95, 0.99])
                    Figure.Say($"sphere 5398, fourth day from three, sensor {group.Key.Sensor} {kind}, {sizes.Length} predicted", "what the radars measured", $"{share * 100:F0} %", at(share), Units[(int)kind]);
                Assert.InRange(at(0.5), 0, kind == MeasurementKind.Range ? 150 : 0.03);
            }
        double[] ratios = [.. all.Select(r => Math.Sqrt(r.Residual.ChiSquare / r.Residual.Figures)).Order()];
        Say($"MEASURED sphere 5398, fourth day: error over stated sigma, 50, 90, 99 % within {ratios[ratios.Length / 2]:F2}, {ratios[ratios.Length * 9 / 10]:F2}, {ratios[ratios.Length * 99 / 100]:F2} (honest 0.89, 1.44, 1.94)");
        Say($"MEASURED sphere 5398, fourth day, one observation a day and sensor: {MahalanobisTest.Of(perDay)}");
        Assert.InRange(ratios[ratios.Length / 2], 0.05, 1);
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
            Say($"MEASURED sphere 5398, realism {group.Key.Sensor.Sensor} {group.Key.Kind}: mean square over stated {meanSquare:F2}, Durbin-Watson median {watson[watson.Length / 2]:F2}, errors last for {seconds[seconds.Length / 2]:F0} s");
        }
        double[] ratios = [.. realism.Select(r => r.Distances.MeanRatio).Order()], scales = [.. realism.Select(r => r.Distances.Scale).Order()];
        Say($"MEASURED sphere 5398, residual distances of single arcs: mean ratio median {ratios[ratios.Length / 2]:F2}, best scale median {scales[scales.Length / 2]:F2}, Cramer-von Mises p below 0.01 in {realism.Count(r => r.Distances.PValue < 0.01)} of {realism.Count}");
        Assert.InRange(ratios[ratios.Length / 2], 0.1, 1.2);
        Assert.All(realism.SelectMany(r => r.Residuals), r => Assert.InRange(r.MeanSquare, 0, 10));
    }

    private static double Unit(MeasurementKind kind) => kind == MeasurementKind.Range ? 1e3 : 180 / Math.PI;

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
