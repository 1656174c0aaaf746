using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;

namespace SsaShare.Node.Tests;

/// <summary>Which agreements atlantic's simulation takes, as of when, and how often it tells how far it is.</summary>
public sealed class AgreementSimulatorTests : IAsyncLifetime, IFeedOutlines
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific, _caribbean;
    private readonly MemoryOutbox _outbox;
    private Home _home = null!;
    private AgreementSimulator _simulator = null!;

    public AgreementSimulatorTests()
    {
        (_atlantic, _pacific, _caribbean) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("caribbean", _time));
        _outbox = new MemoryOutbox(_time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private Epoch Now => Utc.FromDateTime(_time.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific, _caribbean);
        _simulator = new AgreementSimulator(_atlantic.Identity, _home.Book, _home.Directory, _outbox, new MemoryRelayFeed(), this, new RecordDegrader(_atlantic.Identity.DegradationKey), _time);
    }

    [Fact]
    public async Task Choose_WithoutNaming_TakesThoseInForceWithTheReader()
    {
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "B in force"), _pacific);
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "A in force"), _pacific);
        var open = await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "Proposed"));
        await KeepAsync(Pact.Between([_atlantic, _caribbean], _time, "With another"), _caribbean);

        var set = _simulator.Choose(_pacific.Partner, only: null);

        Assert.Equal(["A in force", "B in force"], set.Agreements.Select(one => one.Agreement.Terms.Title));
        Assert.Equal(Now, set.DecidedAt);
        Assert.Empty(_simulator.Notes(set, _pacific.Partner));
        var named = _simulator.Choose(_pacific.Partner, open);
        Assert.Equal((AgreementState.Proposed, false), (Assert.Single(named.Agreements).State, named.Agreements[0].IsDraft));
    }

    [Fact]
    public async Task Choose_WhereNothingIsInForce_SaysWhatThereIs()
    {
        var open = await KeepAsync(Pact.Between([_atlantic, _pacific], _time, "Proposed"));
        var set = _simulator.Choose(_pacific.Partner, only: null);
        Assert.Empty(set.Agreements);
        Assert.Equal([$"no agreement with pacific is in force or suspended here: it receives nothing", $"agreement {open.Agreement.Id.ToString()[..16]} with pacific is Proposed; --agreement decides by it"], _simulator.Notes(set, _pacific.Partner));
    }

    [Fact]
    public void Choose_ADraftThatBeginsLater_DecidesAsOfThen()
    {
        var later = Utc.FromDateTime(_time.GetUtcNow().AddDays(3));
        var draft = new AgreementDraft([new DraftParty(_atlantic.Partner), new DraftParty(_pacific.Partner)], new AgreementTerms
        {
            Title = "Next week", ValidFrom = later, ValidUntil = Utc.FromDateTime(_time.GetUtcNow().AddDays(30)), DataModes = [DataMode.Real], Grants = [new Grant { Id = Pact.Clause("all") }], Prohibitions = [],
        });
        var set = _simulator.Choose(draft);
        Assert.Equal((AgreementState.Active, true, later), (Assert.Single(set.Agreements).State, set.Agreements[0].IsDraft, set.DecidedAt));
        Assert.Empty(_home.Book.Entries);
    }

    [Fact]
    public async Task Run_OfALongFeed_TellsNowAndThen()
    {
        await KeepAsync(Pact.Between([_atlantic, _pacific], _time), _pacific);
        for (int i = 0; i < 9; i++) _outbox.Add(Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, 700)));
        // A page is one reading of each priority.
        _outbox.OnRead = () => _time.Advance(TimeSpan.FromMilliseconds(150));
        var told = new List<(long, long)>();

        var simulation = await _simulator.RunAsync(_simulator.Choose(_pacific.Partner, only: null), _pacific.Partner, Now.PlusSeconds(-60), (considered, count) =>
        {
            told.Add((considered, count));
            return Task.CompletedTask;
        }, Token);

        Assert.Equal([(0, 6_300), (4_200, 6_300)], told);
        Assert.Equal(6_300, simulation.CountOf(RecordFate.Released));
        Assert.Empty(_outbox.Manifests);
    }

    public async Task<IReadOnlyList<PublicationOutline>> ReadAsync(long afterPosition, int publicationsMax, CancellationToken cancellationToken)
        => [.. (await _outbox.ReadAsync(FeedLane.Prompt, afterPosition, int.MaxValue, Now, cancellationToken)).Publications.Take(publicationsMax)
            .Select(stored => new PublicationOutline(stored.Position, Now, stored.Publication.Records.Count))];

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        foreach (var party in (Party[])[_atlantic, _pacific, _caribbean]) party.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<BookEntry> KeepAsync(Agreement agreement, params Party[] others)
    {
        var acceptance = await _home.Book.KeepAsync(agreement.SignedBy([_atlantic, .. others]), _atlantic.Partner, Token);
        return acceptance.Entry ?? throw new InvalidOperationException(acceptance.Fault);
    }
}
