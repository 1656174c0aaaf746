using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

/// <summary>What degradation cannot hide, as its README says it: these figures are limits of the method, not defects.</summary>
public sealed class DegradationLimitTests
{
    private const int Count = 4_000;
    private static readonly DegradationFigures Figures = new() { RangeSigmaKm = 1 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Collusion_OfSeveralRecipients_GainsTheRootOfTheirNumber(int recipients)
    {
        double sum = 0;
        foreach (var original in Sky.Observations(Count, seed: 51))
        {
            double mean = Enumerable.Range(0, recipients).Average(i => Degraded(original, $"partner-{i}")) - original.RangeKm!.Value;
            sum += mean * mean * recipients;
        }
        ChiSquare.AssertHonest(sum, Count);
    }

    [Fact]
    public void Collusion_OfTwoProviders_GainsTheRootOfTwo()
    {
        var relay = new DegradationKey("another provider's, 32 bytes too"u8);
        double sum = 0;
        foreach (var original in Sky.Observations(Count, seed: 52))
        {
            var noise = relay.NoiseOf(MeasuredItem.Of(Sky.Facts(original), "payload"u8), Federation.Atlantic);
            double other = ObservationDegradation.Apply(original, Sky.Profile(Figures), noise)!.Value.Degraded.RangeKm!.Value;
            double mean = (Degraded(original, "atlantic") + other) / 2 - original.RangeKm!.Value;
            sum += 2 * mean * mean;
        }
        ChiSquare.AssertHonest(sum, Count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Averaging_OverObservationsOfOneObject_GainsTheRootOfTheirNumber(int observations)
    {
        double sum = 0;
        foreach (var series in Sky.Observations(Count, seed: 53).Chunk(observations))
        {
            double mean = series.Average(one => Degraded(one, "atlantic") - one.RangeKm!.Value);
            sum += mean * mean * observations;
        }
        ChiSquare.AssertHonest(sum, Count / observations);
    }

    [Fact]
    public void RangeRateThatIsLeftExact_TurnsAPassOfRangesIntoOneUnknown()
    {
        // Ranges of a pass less what the exact range rates add up to are one number with independent errors: a hundred of them give it ten times better.
        var first = Sky.Observations(1, seed: 54).Single();
        const double rate = -5;
        double errors = 0;
        for (int i = 0; i < 100; i++)
        {
            var one = first with { Epoch = first.Epoch.PlusSeconds(i), RangeKm = first.RangeKm + rate * i, RangeRateKmPerS = rate };
            var degraded = ObservationDegradation.Apply(one, Sky.Profile(Figures), Sky.NoiseOf(one))!.Value.Degraded;
            Assert.Equal(rate, degraded.RangeRateKmPerS);
            errors += degraded.RangeKm!.Value - rate * i - first.RangeKm!.Value;
        }
        Assert.InRange(errors / 100, -0.4, 0.4);
    }

    private static double Degraded(Observation original, string recipient)
        => ObservationDegradation.Apply(original, Sky.Profile(Figures), Sky.NoiseOf(original, recipient))!.Value.Degraded.RangeKm!.Value;
}
