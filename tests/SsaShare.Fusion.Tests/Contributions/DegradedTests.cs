using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Fusion.Tests.Contributions;

/// <summary>Degraded records and their originals are one measurement, of which each reader's best counts.</summary>
public class DegradedTests
{
    private static readonly AgreementId Agreement = new(Hash256.Of("agreement"u8));
    private static readonly ReaderView OnlyDegraded = new(c => c.Mark is not null);

    /// <summary>Two days of the first radar's passes.</summary>
    private static readonly IReadOnlyList<ContributedObservation> Originals = [.. Seeds.Sphere.Where(c => c.Sensor.Id == Seeds.Sphere[0].Sensor.Id).Take(120).Select(WithLeaf)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Add_OriginalAndDegraded_CountsTheOriginalForWhoMaySeeIt(bool originalFirst)
    {
        var engine = new FusionEngine();
        var degraded = Originals.Select(one => Degrade(one, 0.5, 0.05)).ToList();
        engine.Add(originalFirst ? Originals : degraded);
        var outcome = engine.Add(originalFirst ? degraded : Originals);
        Assert.Equal((0, Originals.Count), (outcome.Accepted, outcome.Duplicates));

        Assert.Equal([.. Originals.Select(one => one.Record)], Seen(engine, ReaderView.Everything));
        Assert.Equal([.. degraded.Select(one => one.Record)], Seen(engine, OnlyDegraded));
    }

    [Fact]
    public void Add_SeveralFormsOfOneOriginal_CountsTheFinest()
    {
        var engine = new FusionEngine();
        var (fine, coarse) = (Originals.Select(one => Degrade(one, 0.1, 0.01)).ToList(), Originals.Select(one => Degrade(one, 2, 0.2)).ToList());
        engine.Add(coarse);
        engine.Add(fine);
        Assert.Equal([.. fine.Select(one => one.Record)], Seen(engine, ReaderView.Everything));
        Assert.Equal([.. coarse.Select(one => one.Record)], Seen(engine, new ReaderView(c => c.Mark?.Added.RangeKm == 2)));
    }

    [Fact]
    public void Withdraw_TheOriginals_LeavesWhatWasDegradedOfThem()
    {
        var engine = new FusionEngine();
        var degraded = Originals.Select(one => Degrade(one, 0.5, 0.05)).ToList();
        engine.Add([.. Originals, .. degraded]);
        engine.Withdraw([.. Originals.Select(one => one.Record)]);
        Assert.Equal([.. degraded.Select(one => one.Record)], Seen(engine, ReaderView.Everything));
        engine.Add(Originals);
        Assert.Equal([.. Originals.Select(one => one.Record)], Seen(engine, ReaderView.Everything));
        engine.Withdraw([.. Originals.Concat(degraded).Select(one => one.Record)]);
        Assert.Empty(Seen(engine, ReaderView.Everything));
    }

    [Fact]
    public void Add_AnOriginalThatAnotherForwardedBefore_BecomesOneMeasurementWithAll()
    {
        var engine = new FusionEngine();
        var forwarded = Originals.Select(one => Seeds.SentBy(Seeds.Pacific, one) with { Leaf = null }).ToList();
        var degraded = Originals.Select(one => Degrade(one, 0.5, 0.05)).ToList();
        engine.Add(forwarded);
        engine.Add(degraded);
        engine.Add(Originals);
        Assert.Equal([.. forwarded.Select(one => one.Record)], Seen(engine, ReaderView.Everything));
        Assert.Equal([.. degraded.Select(one => one.Record)], Seen(engine, OnlyDegraded));
        Assert.Equal([.. Originals.Select(one => one.Record)], Seen(engine, new ReaderView(c => c.Originator == Originals[0].Originator)));
    }

    [Fact]
    public void Add_AMarkOfAnotherSensorsOriginal_StandsAlone()
    {
        var engine = new FusionEngine();
        var other = Seeds.Sphere.First(c => c.Sensor.Id != Originals[0].Sensor.Id);
        engine.Add([Originals[0]]);
        Assert.Equal(1, engine.Add([other with { Mark = Degrade(Originals[0], 0.5, 0.05).Mark }]).Accepted);
    }

    [Fact]
    public void Add_SigmasThatNoProfileHas_AreRefused()
    {
        var mark = Degrade(Originals[0], 0.5, 0.05).Mark!;
        foreach (var added in new[] { new AddedSigma { EpochS = 1e300 }, new AddedSigma { RangeKm = 1e9 }, new AddedSigma { AzimuthRad = 100 }, new AddedSigma { RangeRateKmPerS = 1e6 } })
            Assert.Equal(ContributionRefusal.NotPlausible, Assert.Single(new FusionEngine().Add([Originals[0] with { Mark = mark with { Added = added } }]).Refused).Reason);
    }

    /// <summary>Of a record that exists, degraded as a provider does it.</summary>
    internal static ContributedObservation Degrade(ContributedObservation original, double rangeKm, double angleDeg, double? epochStepS = null, int key = 0)
    {
        if (!ProfileId.TryParse("coarse", out var id)) throw new InvalidOperationException("A profile id.");
        var profile = new DegradationProfile(id, new DegradationFigures { RangeSigmaKm = rangeKm, AngleSigmaDeg = angleDeg, EpochStepS = epochStepS }, [RemovedField.ObjectTag]);
        var label = new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, false);
        var facts = new RecordFacts(RecordClass.Observation, original.Originator, original.Sensor.Id, original.Observation.ObjectTag, OrbitalRegime.Unspecified, original.Epoch, label);
        var secret = new DegradationKey(Hash256.Of([(byte)key]).ToArray());
        var noise = secret.NoiseOf(MeasuredItem.Of(facts, original.Record.ToArray()), Seeds.Pacific);
        var (observation, added) = ObservationDegradation.Apply(original.Observation, profile, noise)!.Value;
        var mark = new DegradationMark(id, original.Originator, Agreement, original.Leaf!.Value, added, profile.Remove);
        return new ContributedObservation(Seeds.IdOf($"{original.Record} {rangeKm} {angleDeg} {epochStepS} {key}"), original.Originator, original.Mode, original.Sensor, observation, mark);
    }

    internal static ContributedObservation WithLeaf(ContributedObservation original)
        => new(original.Record, original.Originator, original.Mode, original.Sensor, original.Observation, null, Hash256.Of(original.Record.ToArray()));

    /// <summary>Every measurement that a view sees, in order of the originals' times, with an object or without.</summary>
    private static List<RecordId> Seen(FusionEngine engine, ReaderView view)
    {
        var seen = engine.Objects.Select(id => engine.Snapshot.See(id, view)).OfType<VisibleObject>().SelectMany(visible => visible.Passes).SelectMany(pass => pass).ToList();
        Assert.Equal(0, engine.Snapshot.CountWaiting(view));
        return [.. seen.OrderBy(one => one.Epoch).Select(one => one.Record)];
    }
}
