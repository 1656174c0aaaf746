using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

public sealed class ReleaseSimulationTests : IFeedOutlines
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly SimulatedPact _pact = new();
    private readonly List<(StoredPublication Stored, TimeSpan Age)> _feed = [];
    private readonly List<(long Considered, long Count)> _told = [];
    private int _read, _mostAtOnce;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SinceATime_LeavesOutWhatIsOlderWhereverItStands()
    {
        Add(5 * Hour, 3);
        Add(2 * Hour, 1);
        Add(5 * Hour, 2);
        Add(Hour, 4);
        var simulation = await RunAsync(3 * Hour, SimulatedPact.Delayed);
        Assert.Equal((0, 5, 0), Fates(simulation));
        Assert.Equal((0, 5), _told[0]);
        Assert.Equal((5, 5), _told[^1]);
        Assert.Equal(3, _read);
    }

    [Fact]
    public async Task Run_SinceNow_ReadsNoRecords()
    {
        Add(5 * Hour, 3);
        Assert.Equal((0, 0, 0), Fates(await RunAsync(TimeSpan.Zero, SimulatedPact.Delayed)));
        Assert.Equal((0, 0), (_read, _told.Sum(told => told.Count)));
    }

    [Fact]
    public async Task Run_OfSeveralAgreements_CountsEachRecordOnceWithTheBestOfThem()
    {
        Add(Hour, 4);
        Add(Hour, 1, tag: "7734");
        var simulation = await RunAsync(3 * Hour, SimulatedPact.Delayed, "grants:\n  - id: all\n    objects: [\"7734\"]");
        Assert.Equal((1, 4, 0), Fates(simulation));
        Assert.Equal([(0L, 4L, 1L), (1L, 0L, 4L)], simulation.Agreements.Select(one => (one.CountOf(RecordFate.Released), one.CountOf(RecordFate.Degraded), one.CountOf(RecordFate.Withheld))));
    }

    /// <summary>What is published meanwhile is left for the next time, and nothing but a page is held at once.</summary>
    [Fact]
    public async Task Run_WhileMoreIsPublished_EndsWhereTheFeedEndedAtTheStart()
    {
        for (int i = 0; i < 2_500; i++) Add(Hour, 2);
        var simulation = await RunAsync(3 * Hour, (_, _) => Add(Hour, 2), SimulatedPact.Delayed);
        Assert.Equal((0, 5_000, 0), Fates(simulation));
        Assert.Equal(PageSize, _mostAtOnce);
        Assert.Equal(3, Assert.Single(Assert.Single(simulation.Agreements).Rows).Examples.Count);
    }

    private const int PageSize = 10;

    private void Add(TimeSpan age, int count, string tag = "5398")
        => _feed.Add((new StoredPublication(_feed.Count + 1, SimulatedPact.Publish(age, [.. Enumerable.Range(0, count).Select(_ => SimulatedPact.Record(tag))])), age));

    private Task<ReleaseSimulation> RunAsync(TimeSpan ago, params string[] clauses) => RunAsync(ago, (_, _) => { }, clauses);

    private async Task<ReleaseSimulation> RunAsync(TimeSpan ago, Action<long, long> onTold, params string[] clauses)
    {
        var simulation = new ReleaseSimulation(this, ReadAsync, (_, _) => throw new InvalidOperationException("No agreement is about others."), [.. clauses.Select(one => _pact.Simulate(SimulatedPact.Fix(one)))], SimulatedPact.Now.Plus(-ago));
        await simulation.RunAsync((considered, count) =>
        {
            _told.Add((considered, count));
            onTold(considered, count);
            return Task.CompletedTask;
        }, Token);
        return simulation;
    }

    public Task<IReadOnlyList<PublicationOutline>> ReadAsync(long afterPosition, int publicationsMax, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<PublicationOutline>>([.. _feed.Skip((int)afterPosition).Take(publicationsMax)
            .Select(one => new PublicationOutline(one.Stored.Position, SimulatedPact.Now.Plus(-one.Age), one.Stored.Publication.Records.Count))]);

    private Task<IReadOnlyList<StoredPublication>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredPublication> page = [.. _feed.Skip((int)after).Take(PageSize).Select(one => one.Stored)];
        _read += page.Count;
        _mostAtOnce = Math.Max(_mostAtOnce, page.Count);
        return Task.FromResult(page);
    }

    private static (long, long, long) Fates(ReleaseSimulation simulation) => (simulation.CountOf(RecordFate.Released), simulation.CountOf(RecordFate.Degraded), simulation.CountOf(RecordFate.Withheld));
}
