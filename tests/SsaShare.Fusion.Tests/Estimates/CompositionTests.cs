using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

public class CompositionTests(Catalog catalog)
{
    private const double DegreesPerRad = 180 / Math.PI;

    [Fact]
    public void Compose_AllThreePartners_IsBetterThanTheBestAlone()
    {
        var estimate = catalog.Estimate(catalog.Sphere, ReaderView.Everything);
        var best = estimate.BestAlone!;
        Assert.Equal([Seeds.Atlantic, Seeds.Caribbean, Seeds.Pacific], estimate.Contributions.Select(c => c.Partner));
        Assert.All(estimate.Contributions, c => Assert.True(c.AlonePositionSigmaKm > estimate.Fit.Covariance.PositionSigmaKm));
        Assert.InRange(estimate.Fit.Covariance.PositionSigmaKm / best.AlonePositionSigmaKm!.Value, 0.3, 0.85);
        Assert.All(estimate.Contributions, c => Assert.InRange(c.Weight, 0.02, 0.9));
        Assert.Equal(1, estimate.Contributions.Sum(c => c.Weight) + estimate.PriorWeight, 1e-9);
        Assert.InRange(estimate.PriorWeight, 0, 0.25);
        Report("LCS 4, three radars, 15 to 17 December 1996", estimate);
    }

    [Fact]
    public void Compose_Sphere_HasTheOrbitAndResidualsOfTheRealObject()
    {
        var estimate = catalog.Estimate(catalog.Sphere, ReaderView.Everything);
        // Rigidsphere 2 (LCS 4, 1971-067E): 87.6 degrees, 740 by 850 km.
        Assert.Equal(87.62, estimate.Elements.InclinationRad * DegreesPerRad, 0.05);
        Assert.InRange(estimate.Elements.PerigeeHeightKm, 740, 790);
        Assert.Equal(OrbitalRegime.Leo, estimate.Regime);
        Assert.Equal(DataMode.Real, estimate.Mode);
        Assert.All(estimate.Fit.Statistics.Where(s => s.Kind == MeasurementKind.Range), s => Assert.InRange(s.RootMeanSquare, 0.001, 0.1));
        Assert.All(estimate.Fit.Statistics.Where(s => s.Kind == MeasurementKind.Elevation), s => Assert.InRange(s.RootMeanSquare * DegreesPerRad, 0.0005, 0.03));
        Assert.All(estimate.Fit.Statistics, s => Assert.True(s.Used > 200));
    }

    [Fact]
    public void Compose_Geos_HasTheOrbitAndResidualsOfTheRealObject()
    {
        var estimate = catalog.Estimate(catalog.Geos, ReaderView.Everything);
        Assert.Equal(114.98, estimate.Elements.InclinationRad * DegreesPerRad, 0.05);
        Assert.InRange(estimate.Fit.Statistics.Single(s => s.Kind == MeasurementKind.Range).RootMeanSquare, 0.001, 0.1);
        var only = Assert.Single(estimate.Contributions);
        Assert.Equal(estimate.Fit.Covariance.PositionSigmaKm, only.AlonePositionSigmaKm);
        Report("GEOS-3, Kaena Point, 29 January to 2 February 1995", estimate);
    }

    /// <summary>The reader's answer must be the one of a service that never had the hidden data.</summary>
    [Theory]
    [InlineData("atlantic")]
    [InlineData("caribbean")]
    [InlineData("pacific")]
    public void Compose_WithoutOnePartner_EqualsAnEngineThatNeverHadIt(string hidden)
    {
        bool maySee(ContributedObservation c) => c.Originator.Value != hidden;
        var answer = catalog.Estimate(catalog.Sphere, new ReaderView(maySee));
        var engine = new FusionEngine();
        engine.Add([.. Seeds.Sphere.Where(maySee)]);
        var alone = Assert.IsType<Composition.Estimated>(engine.Compose(Assert.Single(engine.Objects), ReaderView.Everything)).Estimate;
        Assert.Equal(alone.Fit.State, answer.Fit.State);
        Assert.Equal(alone.Fit.Covariance, answer.Fit.Covariance);
        Assert.Equal(alone.Contributions, answer.Contributions);
        Assert.DoesNotContain(answer.Contributions, c => c.Partner.Value == hidden);
        Assert.DoesNotContain(answer.Fit.Statistics, s => s.Sensor.Owner.Value == hidden);
    }

    [Fact]
    public void Compose_SameVisibleSet_IsComputedOnce()
    {
        var first = catalog.Engine.Compose(catalog.Sphere, new ReaderView(c => c.Originator != Seeds.Pacific));
        Assert.Same(first, catalog.Engine.Compose(catalog.Sphere, new ReaderView(c => c.Originator == Seeds.Atlantic || c.Originator == Seeds.Caribbean)));
    }

    [Fact]
    public void Compose_NothingVisible_IsAsIfThereWereNoObject()
    {
        Assert.Same(Composition.Unknown.Instance, catalog.Engine.Compose(catalog.Sphere, new ReaderView(_ => false)));
        Assert.Same(Composition.Unknown.Instance, catalog.Engine.Compose(new ObjectId(Guid.NewGuid()), ReaderView.Everything));
        Assert.Same(Composition.Unknown.Instance, catalog.Engine.Compose(catalog.Geos, ReaderView.Everything.Only(Seeds.Atlantic)));
    }

    [Fact]
    public void Compose_TwoVisibleObservations_AreNotAnOrbit()
    {
        HashSet<RecordId> two = [Seeds.Sphere[5].Record, Seeds.Sphere[9].Record];
        var answer = Assert.IsType<Composition.NotDetermined>(catalog.Engine.Compose(catalog.Sphere, new ReaderView(c => two.Contains(c.Record))));
        Assert.Equal(2, answer.VisibleObservations);
        Assert.Equal(OrbitFitFailure.TooFewObservations, answer.Reason);
    }

    [Fact]
    public void Compose_SameDataFromTwoPartners_IsCountedOnce()
    {
        var engine = new FusionEngine();
        engine.Restore(Seeds.Sphere, catalog.Engine.Associations);
        var before = Assert.IsType<Composition.Estimated>(engine.Compose(catalog.Sphere, ReaderView.Everything)).Estimate;
        var forwarded = Seeds.Sphere.Where(c => c.Originator == Seeds.Caribbean).Select(c => Seeds.SentBy(Seeds.Pacific, c)).ToList();
        var outcome = engine.Add(forwarded);
        Assert.Equal((0, forwarded.Count), (outcome.Accepted, outcome.Duplicates));
        Assert.Equal([catalog.Sphere], outcome.ChangedObjects);
        var after = Assert.IsType<Composition.Estimated>(engine.Compose(catalog.Sphere, ReaderView.Everything)).Estimate;
        Assert.Equal(before.Fit.State, after.Fit.State);
        Assert.Equal(before.Contributions, after.Contributions);
        // A reader who may see only the forwarded copies still gets the measurements, as the forwarder's.
        var pacificOnly = Assert.IsType<Composition.Estimated>(engine.Compose(catalog.Sphere, ReaderView.Everything.Only(Seeds.Pacific))).Estimate;
        Assert.Equal(Seeds.Pacific, Assert.Single(pacificOnly.Contributions).Partner);
        Assert.True(pacificOnly.Fit.ObservationsUsed > 900);
    }

    [Fact]
    public void Compose_LostTrackForcedIntoTheObject_IsLeftOutWithReasons()
    {
        var engine = new FusionEngine();
        engine.Restore(Seeds.Sphere, Seeds.Sphere.ToDictionary(c => c.Record, _ => catalog.Sphere));
        var estimate = Assert.IsType<Composition.Estimated>(engine.Compose(catalog.Sphere, ReaderView.Everything)).Estimate;
        var lost = estimate.Rejected.Where(r => r.Originator == Seeds.Atlantic).ToList();
        Assert.InRange(lost.Count, 25, 45);
        Assert.All(lost, r => Assert.True(r.Epoch > Seeds.At("1996-12-17T10:45:30") && r.Epoch < Seeds.At("1996-12-17T10:46:40")));
        Assert.All(lost, r => Assert.True(Math.Abs(r.NormalisedResidual) > 4));
        var clean = catalog.Estimate(catalog.Sphere, ReaderView.Everything);
        Assert.InRange(estimate.Fit.State.SeparationKm(clean.Fit.State).Norm, 0, clean.Fit.Covariance.PositionSigmaKm);
    }

    private static void Report(string what, ObjectEstimate estimate)
    {
        const string Itself = "the fit";
        Figure.Say(what + ", observations", Itself, "used", estimate.Fit.ObservationsUsed, "");
        Figure.Say(what + ", observations", Itself, "left out", estimate.Fit.ObservationsRejected, "");
        Figure.Say(what + ", reduced chi-square", Itself, "", estimate.Fit.ReducedChiSquare, "");
        Figure.Say(what + ", position sigma", Itself, "all", estimate.Fit.Covariance.PositionSigmaKm * 1e3, "m");
        foreach (var c in estimate.Contributions)
        {
            if (c.AlonePositionSigmaKm is { } alone) Figure.Say(what + ", position sigma", Itself, $"{c.Partner} alone", alone * 1e3, "m");
            Figure.Say(what + ", weight", Itself, c.Partner.ToString(), c.Weight, "");
            Figure.Say(what + ", used of", Itself, c.Partner.ToString(), c.ObservationsUsed, "");
            Figure.Say(what + ", left out of", Itself, c.Partner.ToString(), c.ObservationsRejected, "");
        }
        foreach (var s in estimate.Fit.Statistics)
        {
            var (unit, name) = s.Kind == MeasurementKind.Range ? (1e3, "m") : (DegreesPerRad, "deg");
            Figure.Say($"{what}, {s.Kind}", s.Sensor.ToString(), "median", s.MedianAbsolute * unit, name);
            Figure.Say($"{what}, {s.Kind}", s.Sensor.ToString(), "rms", s.RootMeanSquare * unit, name);
            Figure.Say($"{what}, {s.Kind}", s.Sensor.ToString(), "bias", estimate.Fit.BiasOf(s.Sensor, s.Kind) * unit, name);
        }
    }
}
