using System.Globalization;

namespace SsaShare.Orbits.Tests;

public sealed class FilterConsistencyTests
{
    private const int Rounds = 25;
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
        Write($"MEASURED sequential filter, {Rounds} simulated days: NEES {filter / 6:F3} of the filter, {smoother / 6:F3} of the smoother, NIS per figure {nis:F3}");
        Write($"MEASURED sequential filter: mean position error {filterError / samples * 1e3:F1} m, smoothed {smootherError / samples * 1e3:F1} m; McReynolds within 3: {within:F4}; lag-one score {lags.Average():F2} in the mean, {lags.Max(Math.Abs):F2} at most");
        // 25 independent rounds of ten correlated instants: a mean of 6 with a sigma of at most sqrt(12 / 25) = 0.7, some 0.3 if the instants were independent.
        Assert.InRange(filter, 4.6, 7.4);
        Assert.InRange(smoother, 4.6, 7.4);
        Assert.InRange(nis, 0.97, 1.03);
        Assert.True(smootherError < 0.9 * filterError);
        Assert.InRange(within, 0.98, 1);
        Assert.InRange(lags.Average(), -1, 1);
    }

    private static FilterRun Ran(FilterOutcome outcome) => outcome is FilterOutcome.Ran ran ? ran.Run : throw new InvalidOperationException(outcome.ToString());

    private static void Write(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
