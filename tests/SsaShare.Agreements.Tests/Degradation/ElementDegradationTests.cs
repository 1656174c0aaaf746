using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

public sealed class ElementDegradationTests
{
    private const int Count = 4_000;
    private const double DegPerRad = 180 / Math.PI;

    [Theory]
    [InlineData(0.01, 0.00001, 0.00002)]
    [InlineData(0.5, 0.001, 0.01)]
    [InlineData(2, 0.002, 0.005)]
    public void Apply_Thousands_StatedSigmasAreHonest(double angleStepDeg, double eccentricityStep, double meanMotionStep)
    {
        var figures = new DegradationFigures { ElementAngleStepDeg = angleStepDeg, EccentricityStep = eccentricityStep, MeanMotionStepRevPerDay = meanMotionStep };
        double angles = 0, eccentricities = 0, motions = 0;
        foreach (var original in Elements(Count, seed: 41))
        {
            var (degraded, added) = Apply(original, figures);
            angles += Square(degraded.InclinationRad - original.InclinationRad, added.ElementAngleRad)
                + Square(Math.IEEERemainder(degraded.RightAscensionOfNodeRad - original.RightAscensionOfNodeRad, Math.Tau), added.ElementAngleRad)
                + Square(Math.IEEERemainder(degraded.ArgumentOfPericenterRad - original.ArgumentOfPericenterRad, Math.Tau), added.ElementAngleRad)
                + Square(Math.IEEERemainder(degraded.MeanAnomalyRad - original.MeanAnomalyRad, Math.Tau), added.ElementAngleRad);
            eccentricities += Square(degraded.Eccentricity - original.Eccentricity, added.Eccentricity);
            motions += Square(degraded.MeanMotionRevPerDay - original.MeanMotionRevPerDay, added.MeanMotionRevPerDay);
        }
        ChiSquare.AssertHonest(angles, 4 * Count);
        ChiSquare.AssertHonest(eccentricities, Count);
        ChiSquare.AssertHonest(motions, Count);
    }

    [Fact]
    public void Apply_Angles_AreMultiplesOfTheStepOnTheCircle()
    {
        foreach (var original in Elements(500, seed: 42))
        {
            var degraded = Apply(original with { MeanAnomalyRad = Math.Tau - 1e-6 }, new DegradationFigures { ElementAngleStepDeg = 5 }).Degraded;
            foreach (double angle in new[] { degraded.InclinationRad, degraded.RightAscensionOfNodeRad, degraded.ArgumentOfPericenterRad, degraded.MeanAnomalyRad })
            {
                Assert.InRange(angle, 0, Math.Tau - 0.01);
                Assert.Equal(0, Math.IEEERemainder(angle * DegPerRad, 5), 1e-9);
            }
            Assert.Equal(0, degraded.MeanAnomalyRad);
            Assert.Equal(original.Eccentricity, degraded.Eccentricity);
        }
    }

    [Fact]
    public void Apply_ForAnyRecipient_GivesTheSameSteps()
    {
        var original = Elements(1, seed: 43).Single();
        var profile = Sky.Profile(new DegradationFigures { ElementAngleStepDeg = 0.5 });
        Assert.Equal(ElementDegradation.Apply(original, profile, NoiseOf(original, "atlantic")), ElementDegradation.Apply(original, profile, NoiseOf(original, "caribbean")));
    }

    [Fact]
    public void Apply_AtTheEdges_StaysAnEllipseInOneTurn()
    {
        var edge = Elements(1, seed: 44).Single() with { Eccentricity = 0.9999, MeanMotionRevPerDay = 0.001, InclinationRad = Math.PI };
        var degraded = Apply(edge, new DegradationFigures { EccentricityStep = 0.1, MeanMotionStepRevPerDay = 0.1, ElementAngleStepDeg = 10 }).Degraded;
        Assert.Equal((0.9, 0.1), (Math.Round(degraded.Eccentricity, 12), degraded.MeanMotionRevPerDay));
        Assert.InRange(degraded.InclinationRad, 0, Math.PI);
    }

    [Fact]
    public void Apply_EpochAndTag_AreMovedAndTaken()
    {
        var original = Elements(1, seed: 45).Single();
        var (degraded, added) = ElementDegradation.Apply(original, Sky.Profile(new DegradationFigures { EpochStepS = 10 }, RemovedField.ObjectTag), NoiseOf(original, "atlantic"))!.Value;
        Assert.Equal(0, degraded.Epoch.NanosecondsSinceJ2000 % 10_000_000_000);
        Assert.Equal((null, 10 / Math.Sqrt(3)), (degraded.ObjectTag, added.EpochS));
        Assert.Null(ElementDegradation.Apply(original with { ObjectTag = null }, Sky.Profile(new DegradationFigures { RangeSigmaKm = 1 }, RemovedField.ObjectTag), NoiseOf(original, "atlantic")));
    }

    private static (ElementSet Degraded, AddedSigma Added) Apply(ElementSet original, DegradationFigures figures)
        => ElementDegradation.Apply(original, Sky.Profile(figures), NoiseOf(original, "atlantic"))!.Value;

    private static ItemNoise NoiseOf(ElementSet elements, string recipient)
    {
        var label = new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, false);
        var facts = new RecordFacts(RecordClass.ElementSet, Federation.Pacific, null, elements.ObjectTag, OrbitalRegime.Leo, elements.Epoch, label);
        return Sky.Key.NoiseOf(MeasuredItem.Of(facts, "payload"u8), PartnerId.Parse(recipient));
    }

    private static double Square(double error, double? sigma) => Math.Pow(error / sigma!.Value, 2);

    private static IEnumerable<ElementSet> Elements(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            yield return new ElementSet("25544", new Epoch(random.NextInt64(1_000_000_000_000_000_000)), 1 + 14 * random.NextDouble(), 0.05 + 0.7 * random.NextDouble(),
                0.2 + 2.5 * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), 1e-4, 1e-5, 0);
        }
    }
}
