using SsaShare.Domain;

namespace SsaShare.Fusion.Tests;

public class FusionEngineTests(Catalog catalog)
{
    /// <summary>The Ascension radar lost its target on 17 December 1996 at 10:46 and coasted for half a minute, up to 10 km off.</summary>
    private const int MostOfLostTrack = 60;

    [Fact]
    public void Add_MixedPassesOfThreeRadars_FindsExactlyTheTwoObjects()
    {
        Assert.Equal(2, catalog.Engine.Objects.Count);
        var associations = catalog.Engine.Associations;
        Assert.NotEqual(catalog.Sphere, catalog.Geos);
        Assert.All(Seeds.Geos, c => Assert.Equal(catalog.Geos, associations[c.Record]));
        var sphere = Seeds.Sphere.Where(c => associations.ContainsKey(c.Record)).ToList();
        Assert.All(sphere, c => Assert.Equal(catalog.Sphere, associations[c.Record]));
        Assert.InRange(Seeds.Sphere.Count - sphere.Count, 0, MostOfLostTrack);
        Assert.Equal(Seeds.All.Count, catalog.Outcomes.Sum(o => o.Accepted));
        Assert.Equal(2, catalog.Outcomes.Sum(o => o.NewObjects.Count));
        Assert.Equal(associations.Count, catalog.Outcomes.Sum(o => o.Associated.Count));
    }

    [Fact]
    public void Waiting_AfterAll_HoldsOnlyTheLostTrack()
    {
        var waiting = catalog.Engine.Waiting;
        Assert.All(waiting, w =>
        {
            Assert.True(w.Start > Seeds.At("1996-12-17T10:45:00") && w.Start < Seeds.At("1996-12-17T10:48:00"));
            Assert.Empty(w.Candidates);
        });
        Assert.Equal(Seeds.All.Count - catalog.Engine.Associations.Count, waiting.Sum(w => w.Records.Count));
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 700)]
    public void Add_OtherOrderAndBatches_SortsTheSame(int seed, int batch)
    {
        var engine = new FusionEngine();
        var shuffled = Seeds.Sphere.ToArray();
        new Random(seed).Shuffle(shuffled);
        foreach (var part in shuffled.Chunk(batch)) engine.Add(part);
        Assert.Single(engine.Objects);
        var expected = catalog.Engine.Associations.Where(a => a.Value == catalog.Sphere).Select(a => a.Key).ToHashSet();
        // Where the lost track is cut may depend on what came first; nothing else may.
        Assert.InRange(engine.Associations.Keys.ToHashSet().Except(expected).Count(), 0, MostOfLostTrack);
        Assert.InRange(expected.Except(engine.Associations.Keys).Count(), 0, MostOfLostTrack);
    }

    [Fact]
    public void Add_TheSameRecordsTwice_AddsNothing()
    {
        var engine = new FusionEngine();
        var pass = Seeds.Sphere.Take(80).ToList();
        engine.Add(pass);
        var again = engine.Add(pass);
        Assert.Equal((0, 0), (again.Accepted, again.Duplicates));
        Assert.Empty(again.Refused);
        Assert.Empty(again.ChangedObjects);
    }

    [Fact]
    public void Add_UnusableObservations_AreRefusedWithReason()
    {
        var engine = new FusionEngine();
        var one = Seeds.Sphere[0];
        ContributedObservation[] bad =
        [
            one with { Record = Seeds.IdOf("a"), Mode = DataMode.Exercise },
            one with { Record = Seeds.IdOf("b"), Mode = DataMode.Simulated },
            one with { Record = Seeds.IdOf("c"), Mode = DataMode.Unspecified },
            Changed("d", o => o with { RangeKm = null, AzimuthRad = null, ElevationRad = null, RangeRateKmPerS = 1 }),
            Changed("e", o => o with { Epoch = Seeds.At("2010-01-01T00:00:00") }),
            Changed("f", o => o with { RangeKm = double.NaN }),
            Changed("g", o => o with { ElevationRad = 2 }),
            one with { Record = Seeds.IdOf("h"), Sensor = one.Sensor with { Site = one.Sensor.Site with { LatitudeRad = double.PositiveInfinity } } },
        ];
        var outcome = engine.Add(bad);
        Assert.Equal(0, outcome.Accepted);
        Assert.Equal(
            [
                ContributionRefusal.NotReal, ContributionRefusal.NotReal, ContributionRefusal.NotReal, ContributionRefusal.NothingToWeigh,
                ContributionRefusal.NoEarthOrientation, ContributionRefusal.NotPlausible, ContributionRefusal.NotPlausible, ContributionRefusal.NotPlausible,
            ],
            outcome.Refused.OrderBy(r => bad.Index().First(b => b.Item.Record == r.Record).Index).Select(r => r.Reason));
        Assert.Empty(engine.Waiting);

        ContributedObservation Changed(string id, Func<Observation, Observation> change)
            => new(Seeds.IdOf(id), one.Originator, DataMode.Real, one.Sensor, change(one.Observation));
    }

    [Fact]
    public void Restore_FromKeptAssociations_GivesTheSameCatalog()
    {
        var engine = new FusionEngine();
        var outcome = engine.Restore(Seeds.All, catalog.Engine.Associations);
        Assert.Empty(outcome.NewObjects);
        Assert.Equal(catalog.Engine.Objects, engine.Objects);
        Assert.Equal(catalog.Engine.Associations.Count, engine.Associations.Count);
        Assert.All(catalog.Engine.Associations, a => Assert.Equal(a.Value, engine.Associations[a.Key]));
        Assert.Throws<InvalidOperationException>(() => engine.Restore([], catalog.Engine.Associations));
    }

    [Fact]
    public void Add_PassThatTwoObjectsExplain_WaitsWithBoth()
    {
        // The passes of one object dealt out to two: what comes next belongs to either.
        var (a, b) = (new ObjectId(Guid.Parse("11111111-1111-8111-8111-111111111111")), new ObjectId(Guid.Parse("22222222-2222-8222-8222-222222222222")));
        var known = Seeds.Sphere.Where(c => c.Epoch < Seeds.At("1996-12-17T00:00:00")).ToList();
        var engine = new FusionEngine();
        engine.Restore(known, known.ToDictionary(c => c.Record, c => c.Originator == Seeds.Caribbean ? a : b));
        var next = Seeds.Sphere.Where(c => c.Epoch >= Seeds.At("1996-12-17T00:00:00") && c.Originator == Seeds.Caribbean).TakeWhile(c => c.Epoch < Seeds.At("1996-12-17T02:00:00")).ToList();
        var outcome = engine.Add(next);
        Assert.Empty(outcome.Associated);
        Assert.Equal([a, b], Assert.Single(engine.Waiting).Candidates.OrderBy(id => id.Value));
    }

    [Fact]
    public void Withdraw_OnePartner_LeavesWhatTheOthersGive()
    {
        var engine = new FusionEngine();
        engine.Restore(Seeds.All, catalog.Engine.Associations);
        var changed = engine.Withdraw([.. Seeds.All.Where(c => c.Originator == Seeds.Caribbean).Select(c => c.Record)]);
        Assert.Equal([catalog.Sphere], changed.ChangedObjects);
        Assert.Empty(changed.NewObjects);
        var expected = catalog.Estimate(catalog.Sphere, new ReaderView(c => c.Originator != Seeds.Caribbean));
        var left = Assert.IsType<Composition.Estimated>(engine.Compose(catalog.Sphere, ReaderView.Everything)).Estimate;
        Assert.Equal(expected.Fit.State, left.Fit.State);
        Assert.DoesNotContain(left.Contributions, c => c.Partner == Seeds.Caribbean);
        engine.Withdraw([.. Seeds.Geos.Select(c => c.Record)]);
        Assert.Equal([catalog.Sphere], engine.Objects);
        Assert.Empty(engine.Withdraw([Seeds.IdOf("never seen")]).ChangedObjects);
    }

    [Fact]
    public void Withdraw_AWholePassOrAPartOfOne_GivesTheOrbitOfTheRest()
    {
        var engine = new FusionEngine();
        engine.Restore(Seeds.All, catalog.Engine.Associations);
        var first = Seeds.Sphere.Min(c => c.Epoch);
        var pass = Seeds.Sphere.Where(c => c.Epoch < first.PlusSeconds(3_600)).Select(c => c.Record).ToHashSet();
        var part = Seeds.Geos.OrderBy(c => c.Epoch).Take(3).Select(c => c.Record).ToHashSet();
        var outcome = engine.Withdraw([.. pass, .. part]);
        Assert.Equal(new[] { catalog.Sphere, catalog.Geos }.OrderBy(id => id.Value), outcome.ChangedObjects.OrderBy(id => id.Value));
        Assert.Equal(pass.Concat(part).ToHashSet(), outcome.Released.ToHashSet());
        Assert.DoesNotContain(engine.Associations.Keys, record => pass.Contains(record) || part.Contains(record));
        foreach (var id in new[] { catalog.Sphere, catalog.Geos })
        {
            var expected = catalog.Estimate(id, new ReaderView(c => !pass.Contains(c.Record) && !part.Contains(c.Record)));
            Assert.Equal(expected.Fit.State, Assert.IsType<Composition.Estimated>(engine.Compose(id, ReaderView.Everything)).Estimate.Fit.State);
        }
    }
}
