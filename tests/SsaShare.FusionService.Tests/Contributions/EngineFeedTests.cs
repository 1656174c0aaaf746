using System.Collections;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Domain;
using SsaShare.Fusion;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Contributions;

/// <summary>The record that fails is of a sensor with figures that are null, which no payload can give: it stands for whatever the engine cannot digest.</summary>
public class EngineFeedTests
{
    [Fact]
    public void Add_OneRecordFails_AllOthersEnter()
    {
        var engine = new FusionEngine();
        var tally = new EngineFeed(engine, NullLogger.Instance).Add([Failing(), .. Pass(0), .. Pass(1)]);
        Assert.Equal(Seeds.Passes[0].Count + Seeds.Passes[1].Count, tally.Accepted);
        Assert.Equal(tally.Accepted, engine.Associations.Count);
        Assert.Single(engine.Objects);
        Assert.DoesNotContain(Failing().Record, engine.Waiting.SelectMany(one => one.Records));
        // And the engine goes on.
        Assert.Equal(Seeds.Passes[2].Count, new EngineFeed(engine, NullLogger.Instance).Add(Pass(2)).Associated);
    }

    [Fact]
    public void Add_OneRecordFailsAtRestore_ObjectsKeepTheirIds()
    {
        var id = new ObjectId(Guid.Parse("11111111-1111-8111-8111-111111111111"));
        var engine = new FusionEngine();
        var kept = Pass(0).Concat(Pass(1)).ToDictionary(one => one.Record, _ => id);
        new EngineFeed(engine, NullLogger.Instance).Add([.. Pass(0), Failing(), .. Pass(1)], kept);
        Assert.Equal(kept.OrderBy(pair => pair.Key.ToString()), engine.Associations.OrderBy(pair => pair.Key.ToString()));
    }

    [Fact]
    public void EngineAdd_Fails_EverythingIsAsBefore()
    {
        var engine = new FusionEngine();
        engine.Add([.. Pass(0), .. Pass(1)]);
        var (associations, id) = (engine.Associations, Assert.Single(engine.Objects));
        var estimate = engine.Compose(id, ReaderView.Everything);
        // The third pass has gone to its object when the fourth is looked up.
        var kept = new FailingLookup(Pass(2).ToDictionary(one => one.Record, _ => id), Pass(3)[0].Record);
        Assert.Throws<InvalidOperationException>(() => engine.Add([.. Pass(2), .. Pass(3)], kept));
        Assert.Equal(associations.OrderBy(pair => pair.Key.ToString()), engine.Associations.OrderBy(pair => pair.Key.ToString()));
        Assert.Empty(engine.Waiting);
        Assert.Same(estimate, engine.Compose(id, ReaderView.Everything));
        Assert.Equal(Seeds.Passes[2].Count, engine.Add(Pass(2)).Associated.Count);
    }

    private static ContributedObservation[] Pass(int pass)
        => [.. Seeds.Passes[pass].Select(one => new ContributedObservation(Observed(one, Pacific).Id, Pacific, DataMode.Real, RadarOf(Pacific), one))];

    private static ContributedObservation Failing()
    {
        var observation = Seeds.Passes[0][0] with { AzimuthRad = 1 };
        return new ContributedObservation(Observed(observation, Atlantic).Id, Atlantic, DataMode.Real, Seeds.Radar with { Owner = Atlantic, Sigma = null! }, observation);
    }

    private sealed class FailingLookup(IReadOnlyDictionary<RecordId, ObjectId> kept, RecordId failing) : IReadOnlyDictionary<RecordId, ObjectId>
    {
        public ObjectId this[RecordId key] => kept[key];
        public IEnumerable<RecordId> Keys => kept.Keys;
        public IEnumerable<ObjectId> Values => kept.Values;
        public int Count => kept.Count;
        public bool ContainsKey(RecordId key) => key == failing ? throw new InvalidOperationException("lookup failed") : kept.ContainsKey(key);
        public bool TryGetValue(RecordId key, out ObjectId value) => kept.TryGetValue(key, out value);
        public IEnumerator<KeyValuePair<RecordId, ObjectId>> GetEnumerator() => kept.GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
