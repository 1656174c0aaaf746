using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Alfano's twelve cases: from fast to at rest against each other, from point-like to larger than the error.</summary>
public sealed class AlfanoTests
{
    [Fact]
    public void TwoDimensional_AllWithARelativeVelocity_IsTheLinearAnswer()
    {
        List<double> errors = [];
        foreach (var c in AlfanoCases.All())
        {
            // At rest against each other there is no plane.
            if (!EncounterGeometry.TryOf(c.Pair, out var geometry)) continue;
            errors.Add(Math.Abs(FosterProbability.Of(geometry!.Plane) / c.Linear - 1));
            if (SeriesProbability.TryOf(geometry.Plane, out double series, out _)) Assert.Equal(1, series / FosterProbability.Of(geometry.Plane), 1e-9);
        }
        Assert.Equal(11, errors.Count);
        Figure.Quantiles("Alfano's cases 1 to 11, 2D probability, relative", "Alfano 2009, linear", errors, "", Aim.AtMost(1e-3));
        Assert.InRange(errors.Max(), 0, 2e-4);
    }

    [Fact]
    public void LongCurved_AllCases_AgreesAndLiesInTheIntervals()
    {
        List<double> errors = [];
        List<int> outside = [];
        foreach (var c in AlfanoCases.All())
        {
            var found = Assert.IsType<ExpectedCollisions.Found>(LongCurvedEncounter.Of(c.Pair, (-c.SpanSeconds, c.SpanSeconds)));
            errors.Add(Math.Abs(found.Number / c.ThreeDimensional - 1));
            if (!(found.Number >= c.Low && found.Number <= c.High)) outside.Add(c.Number);
        }
        Figure.Quantiles("Alfano's 12 cases, 3D-Nc, relative", "CARA's 3D-Nc", errors, "", Aim.AtMost(1e-3));
        Figure.Say("Alfano's 12 cases, 3D-Nc inside the 95 % interval of trials", "CARA's 1e8 trials each", "count", 12 - outside.Count, "", Aim.AtLeast(12));
        Assert.InRange(errors.Max(), 0, 1e-3);
        // The twelfth pair is at rest against each other: its expected number, CARA's own too, lies 0.8 % above the trials. It counts every touch, trials count a pair once.
        Assert.All(outside, number => Assert.Equal(12, number));
    }

    [Fact]
    public void MonteCarlo_AllCases_IntervalsMeet()
    {
        int meeting = 0;
        double largest = 0;
        foreach (var c in AlfanoCases.All())
        {
            Assert.True(MonteCarloProbability.TryOf(c.Pair, new MonteCarloOptions(12_000, 7 * c.Number) { WindowSeconds = (-c.SpanSeconds, c.SpanSeconds) }, out var trials));
            // CARA's trials count entries: who is inside at the start does not enter.
            var (low, high) = BinomialInterval.ClopperPearson(trials!.Hits - trials.InsideAtStart, trials.Trials, 0.95);
            if (low <= c.High && high >= c.Low) meeting++;
            double expected = 0.5 * (c.Low + c.High), sigma = Math.Sqrt(expected * (1 - expected) / trials.Trials);
            largest = Math.Max(largest, Math.Abs((double)(trials.Hits - trials.InsideAtStart) / trials.Trials - expected) / sigma);
        }
        Figure.Say("Alfano's 12 cases, 12,000 trials each, our 95 % interval meets CARA's", "CARA's 1e8 trials each", "count", meeting, "", Aim.AtLeast(11));
        Figure.Say("Alfano's 12 cases, 12,000 trials each, farthest from the truth", "CARA's 1e8 trials each", "max", largest, "sigma");
        Assert.InRange(meeting, 11, 12);
        Assert.InRange(largest, 0, 3.5);
    }
}
