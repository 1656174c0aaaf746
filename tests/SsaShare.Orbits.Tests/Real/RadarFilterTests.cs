using System.Diagnostics;
using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Sequential orbit determination from the real radar observations: what a day ahead is predicted to, every day for a month.</summary>
public sealed class RadarFilterTests
{
    private const double DayS = 86_400;

    [Fact]
    public void Run_Lcs1ThreeRadars_PredictsEveryNextDay()
    {
        var cards = RadarCards.Read("obs/ssn-b3/5398.obs.gz");
        var all = SensorObservation.ToTracking(cards, SignalConventions.Corrected);
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Precise));
        var model = new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected);
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = FirstOrbit(cards, model);
        var session = new SequentialFilter(propagator, model).Begin(start, new SequentialFilterOptions { KeepSteps = false });
        var range = new List<double>();
        var angle = new List<double>();
        var share = new List<double>();
        var used = new List<FilteredObservation>();
        int day = 0;
        for (int i = 0; i < all.Count; i++)
        {
            if (all[i].Epoch < start.State.Epoch) continue;
            int today = (int)(all[i].Epoch.SecondsSince(start.State.Epoch) / DayS);
            if (today > day)
            {
                day = today;
                if (day >= 3) Compare(session, [.. all.Skip(i).TakeWhile(o => o.Epoch.SecondsSince(all[i].Epoch) < DayS)], day, range, angle, share);
            }
            Assert.True(session.TryProcess([all[i]], out var results));
            used.AddRange(results);
        }
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - clock).TotalSeconds;
        var statistics = InnovationStatistics.Of(used);
        Write($"MEASURED LCS-1, {used.Count} observations of {all.Count} filtered from {start.State.Epoch} on: {statistics.Observations} used, {statistics.Refused} refused, NIS per figure {statistics.MeanNisPerFigure:F3}, lag-one correlation {statistics.LagOneCorrelation:F2}, {seconds:F1} s of processor, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6:F0} MB allocated, lost since {session.LostSince}");
        Write($"MEASURED LCS-1, each next day from all before: range error median {Quantile(range, 0.5) * 1e3:F0} m, 90 % {Quantile(range, 0.9) * 1e3:F0} m; angle median {Quantile(angle, 0.5):F4}°, 90 % {Quantile(angle, 0.9):F4}°; NIS per figure {share.Average():F2}, median {Quantile(share, 0.5):F2}");
        Assert.Null(session.LostSince);
        Assert.True(statistics.Refused < 0.12 * used.Count);
        Assert.InRange(Quantile(range, 0.5), 0, 0.1);
        Assert.InRange(Quantile(range, 0.9), 0, 0.4);
        Assert.InRange(Quantile(angle, 0.5), 0, 0.015);
        Assert.InRange(Quantile(share, 0.5), 0.1, 0.79);
    }

    /// <summary>A sphere without engines, whose radars lose it now and then: what is found is a false alarm. One is, on the second day of the arc.</summary>
    [Fact]
    public void Detect_Lcs1_AlarmsAtMostOnce()
    {
        const int days = 14;
        var cards = RadarCards.Read("obs/ssn-b3/5398.obs.gz");
        var model = new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected);
        var start = FirstOrbit(cards, model);
        // Errors of these radars last as long as a pass: with 60 s instead of 300, three alarms in the same 14 days.
        var options = new SequentialFilterOptions { CorrelationSeconds = 300 };
        List<SensorObservation> some = [.. cards.Where(o => o.Epoch.SecondsSince(start.State.Epoch) < days * DayS)];
        var detector = new InnovationManeuverDetector(new SequentialFilter(new Propagator(new ForceModel(ForceModelOptions.Precise)), model));
        var found = detector.Detect(SensorObservation.ToTracking(some, SignalConventions.Corrected), start, options);
        Write($"MEASURED false alarms of the manoeuvre detector on LCS-1: {found.Count} in {days} object-days of real radar tracks");
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
        Write($"MEASURED GEOS-3, {all.Count} observations: {statistics.Observations} used, {statistics.Refused} refused, NIS per figure {statistics.MeanNisPerFigure:F2}; last day predicted: range median {Quantile(range, 0.5) * 1e3:F0} m, 90 % {Quantile(range, 0.9) * 1e3:F0} m, angle median {Quantile(angle, 0.5):F4}°; sigma in the middle {run.Estimate(middle).Covariance.PositionSigmaKm * 1e3:F0} m filtered, {smoothed.Estimate(middle).Covariance.PositionSigmaKm * 1e3:F0} m smoothed; McReynolds within 3: {smoothed.McReynoldsShareWithin3():F3}");
        Assert.Null(session.LostSince);
        Assert.InRange(Quantile(range, 0.5), 0, 0.5);
        Assert.InRange(smoothed.McReynoldsShareWithin3(), 0.97, 1);
        Assert.True(smoothed.Estimate(middle).Covariance.PositionSigmaKm < run.Estimate(middle).Covariance.PositionSigmaKm);
    }

    private static void Compare(FilterSession session, List<TrackingObservation> next, int day, List<double> range, List<double> angle, List<double> share)
    {
        Assert.True(session.TryCompare(next, out var results));
        double[] km = [.. results.Select(r => Math.Abs(r.Innovations[0].Value))];
        double[] degrees = [.. results.SelectMany(r => r.Innovations.Skip(1)).Select(n => Math.Abs(n.Value) / Testing.RadPerDegree)];
        range.AddRange(km);
        angle.AddRange(degrees);
        share.AddRange(results.Select(r => r.Nis / r.Innovations.Count));
        if (day == 3) Write($"MEASURED LCS-1, day {day + 1} from the days before: {results.Count} observations, range median {Quantile([.. km], 0.5) * 1e3:F0} m, 90 % {Quantile([.. km], 0.9) * 1e3:F0} m; angles median {Quantile([.. degrees], 0.5):F4}°, 90 % {Quantile([.. degrees], 0.9):F4}°; NIS per figure {results.Average(r => r.Nis / r.Innovations.Count):F2}; sigma now {session.Estimate.Covariance.PositionSigmaKm * 1e3:F0} m");
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

    private static double Quantile(List<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    private static void Write(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
