using System.Runtime.CompilerServices;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>The publisher over a store in memory that others use at the same time.</summary>
public sealed class PublisherTests
{
    private readonly MemoryStore _store = new();

    private Publisher Publisher => new(_store, Sample.Pacific, Sample.PacificKey, TimeProvider.System);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(12_345)]
    public async Task Publish_AnyNumber_StoresEachOnceInOrder(int count)
    {
        var records = Sample.Records(count);
        Assert.Equal(new PublishSummary(count, 0), await Publisher.PublishAsync(records.ToAsyncEnumerable(), TestContext.Current.CancellationToken));
        Assert.Equal(records.Select(record => record.Id), _store.Stored);
        Assert.Equal(new PublishSummary(0, count), await Publisher.PublishAsync(records.ToAsyncEnumerable(), TestContext.Current.CancellationToken));
        Assert.Equal(count, _store.Stored.Count);
    }

    [Fact]
    public async Task Publish_RecordsTwiceInOneRun_CountsDuplicates()
    {
        var records = Sample.Records(6_000);
        var twice = records.Concat(records.Take(10)).Concat(records.Skip(5_990));
        Assert.Equal(new PublishSummary(6_000, 20), await Publisher.PublishAsync(twice.ToAsyncEnumerable(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Publish_OthersStoreSomeMeanwhile_StoresTheRest()
    {
        var records = Sample.Records(3_000);
        _store.BeforeAppend = () => _store.Put(records[_store.Refusals * 7]);
        var summary = await Publisher.PublishAsync(records.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        Assert.Equal(3_000, summary.Accepted + summary.Duplicates);
        Assert.Equal(5, summary.Duplicates);
        Assert.Equal(records.Select(record => record.Id).ToHashSet(), _store.Stored.ToHashSet());
    }

    [Fact]
    public async Task Publish_OthersStoreSomeEveryTime_GivesUp()
    {
        var records = Sample.Records(100);
        _store.BeforeAppend = () => _store.Put(records[_store.Refusals]);
        _store.RefusalsMax = int.MaxValue;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Publisher.PublishAsync(records.ToAsyncEnumerable(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Publish_UrgentRecordAmongOthers_IsStoredWhileTheOthersAreStillRead()
    {
        var urgent = Sample.Record(recordClass: RecordClass.ConjunctionMessage);
        var summary = await Publisher.PublishAsync(ReadAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(new PublishSummary(12, 1), summary);
        Assert.Equal([urgent.Id], _store.Publications[0].Records.Select(record => record.Record.Id));
        Assert.All(_store.Publications, one => Assert.Single(one.Records.Select(record => FeedPriorities.Of(record.Record.Facts.Class)).Distinct()));
        Assert.Equal(9, Assert.Single(_store.Publications, one => one.Records[0].Record.Facts.Class == RecordClass.Observation).Records.Count);

        async IAsyncEnumerable<SealedRecord> ReadAsync()
        {
            foreach (var record in Sample.Records(8)) yield return record;
            yield return urgent;
            // More comes only after it is stored: it waits for no batch.
            while (_store.PublicationCount == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
            yield return Sample.Record();
            yield return Sample.Record(recordClass: RecordClass.EventNotice);
            yield return Sample.Record(recordClass: RecordClass.ManeuverNotice);
            yield return urgent;
        }
    }

    [Fact]
    public async Task Publish_RecordOfAnother_ThrowsAndKeepsTheBatchesBefore()
    {
        var records = Sample.Records(5_100);
        await Assert.ThrowsAsync<ArgumentException>(() => Publisher.PublishAsync(records.Append(Sample.Record(Sample.Atlantic)).ToAsyncEnumerable(), TestContext.Current.CancellationToken));
        Assert.Equal(5_000, _store.Stored.Count);
    }

    /// <summary>A receiver would refuse the whole answer that such a record comes in, for ever.</summary>
    [Theory]
    [InlineData(SealedRecord.LongestPayloadBytes + 1, 5)]
    [InlineData(40, SealedLabel.LongestBytes + 1)]
    public async Task Publish_RecordThatNoReceiverTakes_Throws(int payloadBytes, int labelBytes)
    {
        var one = Sample.Record(recordClass: RecordClass.ConjunctionMessage);
        var tooLong = SealedRecord.Seal(new byte[payloadBytes], new SealedLabel(new byte[labelBytes], one.Label.Parsed), one.Facts);
        await Assert.ThrowsAsync<ArgumentException>(() => Publisher.PublishAsync(new[] { tooLong }.ToAsyncEnumerable(), TestContext.Current.CancellationToken));
        Assert.Empty(_store.Stored);
    }

    [Fact]
    public async Task Publish_StoreFails_StopsReadingAndThrowsWhatTheStoreThrew()
    {
        int read = 0;
        _store.BeforeAppend = () => throw new TimeoutException("gone");
        await Assert.ThrowsAsync<TimeoutException>(() => Publisher.PublishAsync(EndlessAsync(() => read++), TestContext.Current.CancellationToken));
        Assert.InRange(read, 1, 100_000);
    }

    [Fact]
    public async Task Publish_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();
        int read = 0;
        _store.BeforeAppend = () => { if (_store.Stored.Count > 20_000) cancel.Cancel(); };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Publisher.PublishAsync(EndlessAsync(() => read++), cancel.Token));
    }

    [Fact]
    public async Task Publish_SlowStore_SlowsTheReader()
    {
        const int AheadMax = 20_001;
        int read = 0, mostAhead = 0;
        _store.BeforeAppend = () =>
        {
            // A slow store: for a while it watches how far the reader runs ahead of it, to the bound below and, should it be broken, beyond.
            SpinWait.SpinUntil(() => Ahead() > AheadMax, TimeSpan.FromMilliseconds(20));
            mostAhead = Math.Max(mostAhead, Ahead());
        };
        await Publisher.PublishAsync(EndlessAsync(() => Interlocked.Increment(ref read)).Take(60_000), TestContext.Current.CancellationToken);
        Assert.InRange(mostAhead, 1, AheadMax);

        int Ahead() => Volatile.Read(ref read) - _store.Stored.Count;
    }

    [Fact]
    public async Task Publish_Progress_GrowsToTheSummary()
    {
        var reports = new List<PublishSummary>();
        var summary = await Publisher.PublishAsync(Sample.Records(11_000).ToAsyncEnumerable(), new Collect(reports), TestContext.Current.CancellationToken);
        Assert.Equal(summary, reports[^1]);
        Assert.True(reports.Count > 1);
        Assert.Equal(reports.OrderBy(report => report.Accepted), reports);
    }

    private static async IAsyncEnumerable<SealedRecord> EndlessAsync(Action onRead, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            onRead();
            yield return Sample.Record();
            await Task.CompletedTask;
        }
    }

    private sealed class Collect(List<PublishSummary> reports) : IProgress<PublishSummary>
    {
        public void Report(PublishSummary value) => reports.Add(value);
    }

    private sealed class MemoryStore : IPublicationStore
    {
        private readonly Lock _lock = new();
        private readonly HashSet<RecordId> _known = [];

        public List<Publication> Publications { get; } = [];
        public int PublicationCount { get { lock (_lock) return Publications.Count; } }

        public List<RecordId> Stored { get; } = [];
        public Action? BeforeAppend { get; set; }
        public int Refusals { get; private set; }
        public int RefusalsMax { get; set; } = 5;

        public void Put(SealedRecord record)
        {
            if (Refusals < RefusalsMax && _known.Add(record.Id)) Stored.Add(record.Id);
        }

        public Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lock) return Task.FromResult(TryAppend(publications));
        }

        public Task<IReadOnlySet<RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
        {
            lock (_lock) return Task.FromResult<IReadOnlySet<RecordId>>(records.Select(record => record.Id).Where(_known.Contains).ToHashSet());
        }

        private bool TryAppend(IReadOnlyList<Publication> publications)
        {
            BeforeAppend?.Invoke();
            var ids = publications.SelectMany(publication => publication.Records).Select(published => published.Record.Id).ToList();
            if (ids.Any(_known.Contains))
            {
                Refusals++;
                return false;
            }
            foreach (var id in ids) Assert.True(_known.Add(id));
            Stored.AddRange(ids);
            Publications.AddRange(publications);
            return true;
        }
    }
}
