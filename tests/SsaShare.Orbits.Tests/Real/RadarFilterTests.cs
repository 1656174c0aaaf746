using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Sequential orbit determination from the real radar observations: what a day ahead is predicted to, every day for a month.</summary>
public sealed class RadarFilterTests
{
    private const double DayS = 86_400;

    /// <remarks>
    /// Days 2 to 6 are worse than the filter says (median NIS per figure 2 to 3.4). Not for its process noise, and not for biases that it takes as constants: ten times the acceleration, other
    /// correlation times, biases that forget themselves in a day, an hour or ten minutes lower it by half at most. Thirteen hours after the start the gate refuses two passes of two radars that agree with each other, 108 observations
    /// 1.1 to 1.6 km off at a stated 0.15 km; let in, the same filter has medians of 0.96 and 0.69 on days 3 and 4, and a radiation coefficient of 0.05 instead of 0.11 m²/kg. What to do about
    /// passes that a young orbit refuses as one is not decided; without any gate, the bad echoes of later days do more harm.
    /// </remarks>
    [Fact]
    public void Run_Lcs1ThreeRadars_PredictsEveryNextDay()
    {
        var cards = RadarCards.Read("obs/ssn-b3/5398.obs.gz");
        var model = new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected);
        var start = FirstOrbit(cards, model);
        var session = new SequentialFilter(new Propagator(new ForceModel(ForceModelOptions.Precise)), model).Begin(start, new SequentialFilterOptions { KeepSteps = false });
        var (days, used) = EveryNextDay(session, SensorObservation.ToTracking(cards, SignalConventions.Corrected));
        var statistics = InnovationStatistics.Of(used);
        double[] range = [.. days.Skip(2).SelectMany(d => d.RangeKm)], angle = [.. days.Skip(2).SelectMany(d => d.AngleDegrees)], nis = [.. days.Skip(2).SelectMany(d => d.NisPerFigure)];
        string what = $"sequential filter, LCS-1, {used.Count} observations of three radars", next = "sequential filter, LCS-1, each next day from all before";
        Figure.Say($"{what}: refused", "the gate of one in 100,000", "share", 100.0 * statistics.Refused / used.Count, "%");
        Figure.Say($"{what}: NIS per figure of used ones", "its covariance", "mean", statistics.MeanNisPerFigure, "");
        Figure.Say($"{what}: NIS per figure with refused ones", "its covariance", "mean", statistics.MeanNisPerFigureWithRefused, "");
        Figure.Say($"{what}: NIS per figure with refused ones", "its covariance", "median", statistics.MedianNisPerFigureWithRefused, "");
        Figure.Say($"{what}: correlation of successive innovations", "none in white noise", "lag one", statistics.LagOneCorrelation, "");
        foreach (double share in (double[])[0.5, 0.9])
        {
            Figure.Say($"{next}: range", "what the radars measured", $"{share * 100:F0} %", Quantile(range, share) * 1e3, "m");
            Figure.Say($"{next}: angles", "what the radars measured", $"{share * 100:F0} %", Quantile(angle, share), "degrees");
        }
        Figure.Say($"{next}: NIS per figure", "its covariance", "median", Quantile(nis, 0.5), "");
        for (int i = 0; i < 6; i++) Figure.Say($"sequential filter, LCS-1, day {i + 2} from all before: NIS per figure", "its covariance", "median", Quantile(days[i].NisPerFigure, 0.5), "");
        Assert.Null(session.LostSince);
        Assert.True(statistics.Refused < 0.12 * used.Count);
        Assert.InRange(Quantile(range, 0.5), 0, 0.1);
        Assert.InRange(Quantile(range, 0.9), 0, 0.4);
        Assert.InRange(Quantile(angle, 0.5), 0, 0.015);
        Assert.InRange(Quantile(nis, 0.5), 0.1, 0.79);
    }

    /// <summary>
    /// A sphere without engines, whose radars lose it now and then: what is found is a false alarm. One is, on the second day of the arc, so the likelihood ratio alone is no probability.
    /// </summary>
    [Fact]
    public void Detect_Lcs1_AlarmsAtMostOnce()
    {
        const int days = 14;
        var cards = RadarCards.Read("obs/ssn-b3/5398.obs.gz");
        var model = new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected);
        var start = FirstOrbit(cards, model);
        List<SensorObservation> some = [.. cards.Where(o => o.Epoch.SecondsSince(start.State.Epoch) < days * DayS)];
        var detector = new InnovationManeuverDetector(new SequentialFilter(new Propagator(new ForceModel(ForceModelOptions.Precise)), model));
        var found = detector.Detect(SensorObservation.ToTracking(some, SignalConventions.Corrected), start);
        string what = $"manoeuvre detector, LCS-1, {days} object-days of real radar tracks";
        Figure.Say($"{what}: false alarms", "a sphere without engines", "count", found.Count, "");
        if (found.Count > 0) Figure.Say($"{what}: likelihood ratio of a false alarm", "threshold 35", "max", found.Max(m => m.LikelihoodRatio), "");
        Assert.InRange(found.Count, 0, 1);
    }

    /// <summary>One radar, five days; the last day predicted from the four before, then filtered and smoothed.</summary>
    [Fact]
    public void Run_Geos3OneRadar_PredictsTheLastDay()
    {
        var cards = RadarCards.Read("obs/ssn-b3/7734.OBS");
        var all = SensorObservation.ToTracking(cards, SignalConventions.Corrected);
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        var model = new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected);
        var filter = new SequentialFilter(propagator, model);
        var session = filter.Begin(FirstOrbit(cards, model), new SequentialFilterOptions());
        var lastDay = all[^1].Epoch.PlusSeconds(-DayS);
        foreach (var one in all.Where(o => o.Epoch >= session.Epoch && o.Epoch < lastDay)) Assert.True(session.TryProcess([one], out _));
        Assert.True(session.TryCompare([.. all.Where(o => o.Epoch >= lastDay)], out var results));
        List<double> range = [.. results.Select(r => Math.Abs(r.Innovations[0].Value))];
        List<double> angle = [.. results.SelectMany(r => r.Innovations.Skip(1)).Select(n => Math.Abs(n.Value) / Testing.RadPerDegree)];
        foreach (var one in all.Where(o => o.Epoch >= lastDay)) Assert.True(session.TryProcess([one], out _));
        var run = session.ToRun();
        var statistics = InnovationStatistics.Of(run.Observations);
        var smoothed = FixedIntervalSmoother.Smooth(run);
        int middle = run.Count / 2;
        string what = $"sequential filter, GEOS-3, {all.Count} observations of one radar";
        Figure.Say($"{what}: NIS per figure with refused ones", "its covariance", "mean", statistics.MeanNisPerFigureWithRefused, "");
        Figure.Say($"{what}: last day predicted, range", "what the radar measured", "median", Quantile(range, 0.5) * 1e3, "m");
        Figure.Say($"{what}: last day predicted, angles", "what the radar measured", "median", Quantile(angle, 0.5), "degrees");
        Figure.Say($"{what}: sigma of position in the middle, filtered", "-", "one sigma", run.Estimate(middle).Covariance.PositionSigmaKm * 1e3, "m");
        Figure.Say($"{what}: sigma of position in the middle, smoothed", "-", "one sigma", smoothed.Estimate(middle).Covariance.PositionSigmaKm * 1e3, "m");
        Figure.Say($"{what}: McReynolds' ratios within 3", "the smoother", "share", 100 * smoothed.McReynoldsShareWithin3(), "%");
        Assert.Null(session.LostSince);
        Assert.InRange(Quantile(range, 0.5), 0, 0.5);
        Assert.InRange(smoothed.McReynoldsShareWithin3(), 0.97, 1);
        Assert.True(smoothed.Estimate(middle).Covariance.PositionSigmaKm < run.Estimate(middle).Covariance.PositionSigmaKm);
    }

    /// <summary>How a day compares with what all before predicted of it; the first is the second of the arc.</summary>
    private sealed record NextDay(double[] RangeKm, double[] AngleDegrees, double[] NisPerFigure);

    private static (List<NextDay> Days, List<FilteredObservation> Results) EveryNextDay(FilterSession session, IReadOnlyList<TrackingObservation> all)
    {
        var begin = session.Epoch;
        var days = new List<NextDay>();
        var every = new List<FilteredObservation>();
        int day = 0;
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Epoch < begin) continue;
            int today = (int)(all[i].Epoch.SecondsSince(begin) / DayS);
            if (today > day)
            {
                day = today;
                Assert.True(session.TryCompare([.. all.Skip(i).TakeWhile(o => o.Epoch.SecondsSince(all[i].Epoch) < DayS)], out var next));
                days.Add(new NextDay([.. next.Select(r => Math.Abs(r.Innovations[0].Value))],
                    [.. next.SelectMany(r => r.Innovations.Skip(1)).Select(n => Math.Abs(n.Value) / Testing.RadPerDegree)], [.. next.Select(r => r.Nis / r.Innovations.Count)]));
            }
            Assert.True(session.TryProcess([all[i]], out var results));
            every.AddRange(results);
        }
        return (days, every);
    }

    /// <summary>From the first long pass alone.</summary>
    private static FilterStart FirstOrbit(List<SensorObservation> all, MeasurementModel model)
    {
        var fitter = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Light)), model);
        int from = 0;
        for (int i = 1; i < all.Count; i++)
        {
            if (all[i].Sensor == all[from].Sensor && all[i].Epoch.SecondsSince(all[i - 1].Epoch) < 120 && all[i].Epoch.SecondsSince(all[from].Epoch) < 400) continue;
            if (all[i - 1].Epoch.SecondsSince(all[from].Epoch) > 150)
            {
                var fit = Testing.Fitted(InitialOrbit.FromPass(all[from..i], fitter));
                // The filter sees the same pass again: the fit is but a place to begin from.
                return FilterStart.Diagonal(fit.State, 10, 0.01, new SurfaceCoefficients(0.02, 0.02), new SurfaceCoefficients(0.05, 0.05));
            }
            from = i;
        }
        throw new InvalidOperationException("No pass is long enough.");
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
