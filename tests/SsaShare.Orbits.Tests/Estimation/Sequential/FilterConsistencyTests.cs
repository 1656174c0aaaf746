using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

public sealed class FilterConsistencyTests
{
    // Where figures are asked for, as many as they need.
    private static readonly int Rounds = Nightly.IsAsked || Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA") is not null ? 25 : 4;
    private static readonly SequentialFilterOptions Options = new() { ProcessNoise = SimulatedTracking.Noise, CorrelationSeconds = 0 };

    /// <summary>Truth with process noise, surface deviations, biases and starting errors drawn from what the filter is told.</summary>
    [Fact]
    public void Run_TruthWithProcessNoise_FilterAndSmootherAreHonest()
    {
        double filterSum = 0, smootherSum = 0, filterError = 0, smootherError = 0, nis = 0, within = 0;
        int samples = 0;
        var values = new List<double>();
        var lags = new List<double>();
        for (int seed = 0; seed < Rounds; seed++)
        {
            var scene = SimulatedTracking.Create(seed, 24, 20, SimulatedTracking.Noise);
            var run = Ran(new SequentialFilter(SimulatedTracking.Propagator, SyntheticPasses.Model).Run(scene.Observations, scene.Start, Options));
            var smoothed = FixedIntervalSmoother.Smooth(run);
            // Ten instants of the arc are nearly independent for process noise this large.
            for (int i = 1; i <= 10; i++)
            {
                int step = (run.Count - 1) * i / 10 - (i == 10 ? 0 : 5);
                filterSum += scene.Nees(run.Estimate(step));
                double smoothedNees = scene.Nees(smoothed.Estimate(step));
                smootherSum += smoothedNees;
                values.Add(ChiSquare.Below(smoothedNees, 6));
                filterError += scene.ErrorKm(run.Estimate(step));
                smootherError += scene.ErrorKm(smoothed.Estimate(step));
                samples++;
            }
            var statistics = InnovationStatistics.Of(run.Observations);
            nis += statistics.MeanNisPerFigure / Rounds;
            lags.Add(statistics.LagOneScore);
            within += smoothed.McReynoldsShareWithin3() / Rounds;
            Assert.Null(run.LostSince);
        }
        double filter = filterSum / samples, smoother = smootherSum / samples;
        string what = $"sequential filter, {Rounds} simulated days";
        say("NEES over 6, filter", filter / 6, "");
        say("NEES over 6, smoother", smoother / 6, "");
        say("NIS per figure", nis, "");
        say("position error, filter", filterError / samples * 1e3, "m");
        say("position error, smoother", smootherError / samples * 1e3, "m");
        say("McReynolds' ratios within 3", 100 * within, "%");
        say("lag-one score of the innovations", lags.Average(), "");
        // Independent rounds of ten correlated instants: a mean of 6 with a sigma of at most sqrt(12 / rounds), half of it if the instants were nearly independent.
        double twoSigma = 2 * Math.Sqrt(12.0 / Rounds);
        Assert.InRange(filter, 6 - twoSigma, 6 + twoSigma);
        Assert.InRange(smoother, 6 - twoSigma, 6 + twoSigma);
        Assert.InRange(nis, 0.97, 1.03);
        Assert.True(smootherError < 0.9 * filterError);
        Assert.InRange(within, 0.98, 1);
        Assert.InRange(lags.Average(), -1, 1);

        void say(string of, double value, string unit) => Figure.Say($"{what}: {of}", "simulated truth", "mean", value, unit);
    }

    /// <summary>White noise, and a filter that takes errors within a minute as one: it says less than it knows, and the statistics show it. A tenth of bad echoes shows beside the used ones.</summary>
    [Fact]
    public void Of_NeighboursTakenAsOneAndBadEchoes_ShowIt()
    {
        var scene = SimulatedTracking.Create(40, 24, 20, SimulatedTracking.Noise);
        var filter = new SequentialFilter(SimulatedTracking.Propagator, SyntheticPasses.Model);
        var cautious = InnovationStatistics.Of(Ran(filter.Run(scene.Observations, scene.Start, Options with { CorrelationSeconds = 60 })).Observations);
        Assert.InRange(cautious.MeanNisPerFigure, 0.5, 0.98);
        List<TrackingObservation> spoilt = [.. scene.Observations.Select((o, i) => i % 10 == 5 ? o with { Measured = o.Measured with { RangeKm = o.Measured.RangeKm + 3 } } : o)];
        var bad = InnovationStatistics.Of(Ran(filter.Run(spoilt, scene.Start, Options)).Observations);
        Assert.Equal(spoilt.Count, bad.Observations + bad.Refused);
        Assert.InRange(bad.MeanNisPerFigure, 0.85, 1.15);
        Assert.True(bad.MeanNisPerFigureWithRefused > 10);
        Assert.InRange(bad.MedianNisPerFigureWithRefused, 0.6, 1.2);
    }

    private static FilterRun Ran(FilterOutcome outcome) => outcome is FilterOutcome.Ran ran ? ran.Run : throw new InvalidOperationException(outcome.ToString());
}
