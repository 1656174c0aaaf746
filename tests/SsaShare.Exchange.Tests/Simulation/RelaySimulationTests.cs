using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>Atlantic simulates what it would pass on to caribbean of what it has from pacific.</summary>
public sealed class RelaySimulationTests : IFeedOutlines
{
    private static readonly Agreement Held = Chain.Agree("pacific, atlantic", "grants: [{id: g, objects: [5398, 7734], onward: public}, {id: h, objects: [1]}]");
    private static readonly Agreement Next = Chain.Agree("atlantic, caribbean", "grants: [{id: n, from: [atlantic], originators: [pacific], objects: [5398, 1]}]");
    private static readonly Agreement Plain = Chain.Agree("atlantic, caribbean", "grants: [{id: own, from: [atlantic]}]");

    private readonly List<HeldSlice> _slices = [];

    [Fact]
    public async Task Run_OfOthersRecords_GivesWhatAPullPassesOn()
    {
        Receive(ago: 1, "5398", "5398", "7734", "1");
        Receive(ago: 1, "1", "5398");
        Receive(ago: 5, "5398");
        var simulation = await RunAsync(sinceHours: 2, Next);

        var release = new RelayRelease(FeedLanes.Decision(new FeedLane(FeedSource.Relayed, TimeSpan.Zero), Next, AgreementState.Active, Sample.Atlantic, Sample.Caribbean, Sample.Now),
            HeldBy, Sample.Atlantic, Sample.Caribbean, Sample.Now).Decide(_slices[..2]).Release;
        var sums = Assert.Single(simulation.Agreements);
        Assert.Equal(release.Slices.Sum(slice => slice.Records.Count), simulation.CountOf(RecordFate.Released));
        Assert.Equal((3L, 3L), (sums.CountOf(RecordFate.Released), sums.CountOf(RecordFate.Withheld)));
        Assert.Equal(release.Withheld.Select(count => (count.Clause, count.Reason, (long)count.Count)).Order(),
            sums.Rows.Where(row => row.Kind.Fate == RecordFate.Withheld).Select(row => (row.Kind.Clause?.Value, row.Kind.Reason.ToString(), row.Count)).Order());
        Assert.Equal(release.Slices.SelectMany(slice => slice.Records).Select(record => record.Record.Id), sums.Rows[0].Examples);
    }

    [Fact]
    public async Task Run_OfAnAgreementAboutOwnRecords_LeavesOthersAlone()
    {
        Receive(ago: 1, "5398");
        Assert.False(new AgreementSimulation(Plain, AgreementState.Active, Sample.Atlantic, Sample.Caribbean, Sample.Now, new SimulatedPact(), HeldBy).IsAboutOthers);
        var both = await RunAsync(sinceHours: 2, Plain, Next);
        Assert.Equal((0, 1, 0), Fates(both));
        Assert.Equal([0L, 1L], both.Agreements.Select(one => one.CountOf(RecordFate.Released)));
    }

    private static (Agreement, AgreementState)? HeldBy(AgreementId id) => id == Held.Id ? (Held, AgreementState.Active) : null;

    private void Receive(int ago, params string[] tags)
    {
        var publication = Sample.Publish([.. tags.Select(tag => Sample.Record(tag: tag))]);
        _slices.Add(new HeldSlice(_slices.Count + 1, new PublicationSlice(publication.Document, publication.Records, [], null), publication.Records, Sample.Pacific, Held.Id, Sample.Now.Plus(-TimeSpan.FromHours(ago))));
    }

    private async Task<ReleaseSimulation> RunAsync(int sinceHours, params Agreement[] agreements)
    {
        var simulation = new ReleaseSimulation(this, (_, _) => Task.FromResult<IReadOnlyList<StoredPublication>>([]), (after, _) => Task.FromResult<IReadOnlyList<HeldSlice>>([.. _slices.Where(slice => slice.Arrival > after).Take(2)]),
            [.. agreements.Select(one => new AgreementSimulation(one, AgreementState.Active, Sample.Atlantic, Sample.Caribbean, Sample.Now, new SimulatedPact(), HeldBy))], Sample.Now.Plus(-TimeSpan.FromHours(sinceHours)));
        await simulation.RunAsync((_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);
        return simulation;
    }

    public Task<IReadOnlyList<PublicationOutline>> ReadAsync(long afterPosition, int publicationsMax, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PublicationOutline>>([]);

    private static (long, long, long) Fates(ReleaseSimulation simulation) => (simulation.CountOf(RecordFate.Withheld), simulation.CountOf(RecordFate.Released), simulation.CountOf(RecordFate.Degraded));
}
