using System.Collections;
using SsaShare.Domain;

namespace SsaShare.Fusion.Tests;

public class SnapshotTests
{
    [Fact]
    public async Task Readers_WhileABatchIsWorkedOn_AreAnsweredFromTheCatalogBefore()
    {
        var engine = new FusionEngine();
        engine.Add([.. Seeds.Sphere.Take(3)]);
        using var kept = new SlowLookup();
        var adding = Task.Run(() => engine.Add([.. Seeds.Geos.Take(3)], kept), TestContext.Current.CancellationToken);
        Assert.True(kept.Asked.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var reading = Task.Run(() => (engine.Objects.Count, engine.Waiting.Count, engine.Snapshot.CountWaiting(ReaderView.Everything)), TestContext.Current.CancellationToken);
        Assert.Equal((0, 1, 3), await reading.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        kept.Open.Set();
        await adding;
        Assert.Equal(6, engine.Snapshot.CountWaiting(ReaderView.Everything));
    }

    /// <summary>Holds the engine in the middle of a batch.</summary>
    private sealed class SlowLookup : IReadOnlyDictionary<RecordId, ObjectId>, IDisposable
    {
        public ManualResetEventSlim Asked { get; } = new();
        public ManualResetEventSlim Open { get; } = new();
        public ObjectId this[RecordId key] => throw new KeyNotFoundException();
        public IEnumerable<RecordId> Keys => [];
        public IEnumerable<ObjectId> Values => [];
        public int Count => 1;

        public bool ContainsKey(RecordId key)
        {
            Asked.Set();
            Open.Wait();
            return false;
        }

        public bool TryGetValue(RecordId key, out ObjectId value)
        {
            value = default;
            return false;
        }

        public IEnumerator<KeyValuePair<RecordId, ObjectId>> GetEnumerator() => Enumerable.Empty<KeyValuePair<RecordId, ObjectId>>().GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose()
        {
            Asked.Dispose();
            Open.Dispose();
        }
    }
}
