using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Node;
using SsaShare.Orbits;
using SsaShare.Peering;
using SsaShare.Protocol;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

/// <summary>Orbits of pacific and atlantic whose objects meet, and what is sent to whom.</summary>
public sealed class ConjunctionMessengerTests : IAsyncLifetime
{
    private const double MeetingHours = 3;

    private readonly MemoryMessages _messages = new();
    private readonly ConjunctionBoard _board = new(new BoardOptions { Ahead = TimeSpan.FromHours(6), Volume = ScreeningVolume.Sphere(50), Threads = 1 });
    private readonly ConjunctionCatalog _catalog = new();
    private Service _service = null!;
    private ConjunctionReader _reader = null!;
    private long _arrivals;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await Service.CreateAsync();
        _reader = new ConjunctionReader(_catalog, _service.Views);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Publish_ClauseThatIsNotYetDue_IsMadeAndWaitsForIt()
    {
        await MeetAsync();
        var messenger = Messenger();
        await PublishAsync(messenger);
        Assert.Empty(_messages.Held);
        await _service.WarnAsync(Pacific, delay: "30d");
        await PublishAsync(messenger);
        var message = Assert.Single(_messages.Held);
        Assert.Equal((Pacific, true), (message.Reader, _messages.Published.Contains(message.Record)));
        // It is the same tomorrow.
        await PublishAsync(messenger);
        Assert.Single(_messages.Held);
    }

    [Fact]
    public async Task Publish_MoreThanAnHourHolds_TheMostProbableFirstAndTheOthersFollow()
    {
        await MeetAsync();
        Take(Meeting("3", Pacific, 0.6, 14.6), await _service.AgreeAsync(Pacific, "pacific", validUntil: "2035-01-01T00:00:00Z"));
        await _service.WarnAsync(Pacific);
        var all = await ToldAsync(Pacific);
        Assert.True(all.Count >= 2, $"{all.Count} approaches");
        var messenger = Messenger(new ScreeningSettings { MessagesPerHourMax = 1, MessageMinProbability = 0, MessageWithinKm = 50 });
        await PublishAsync(messenger);
        Assert.Equal(all.Max(one => one.Probability.Recommended.Probability), Assert.Single(_messages.Held).Probability);
        await PublishAsync(messenger);
        Assert.Single(_messages.Held);
        _service.Time.Now = _service.Time.Now.AddMinutes(61);
        await PublishAsync(messenger);
        Assert.Equal(2, _messages.Held.Count);
        Assert.NotEqual((_messages.Held[0].FirstObject, _messages.Held[0].SecondObject), (_messages.Held[1].FirstObject, _messages.Held[1].SecondObject));
    }

    [Fact]
    public async Task Withdraw_OrbitCorrected_MessageIsWithdrawnAndOneOfTheReplacementFollows()
    {
        var (agreement, _, corrected) = await MeetAsync();
        await _service.WarnAsync(Pacific);
        var messenger = Messenger();
        await PublishAsync(messenger);
        var first = Assert.Single(_messages.Held);
        Assert.Contains(corrected, first.Basis);

        // As the worker that reads is told of a correction: the former is taken out, and what replaces it has arrived.
        var replacement = Meeting("2", Atlantic, Math.PI - 1, 14.8, 1e-6);
        Take(replacement, agreement);
        _service.Orbits.Remove([corrected]);
        await messenger.WithdrawAsync(Token);
        Assert.Equal([first.Record], _messages.Withdrawn);
        var notice = Assert.Single(_messages.Notices).Notice;
        Assert.Equal((NoticeAction.Withdraw, _messages.PlaceOf(first)), (notice.Action, notice.Place()));
        await PublishAsync(messenger);
        var second = Assert.Single(_messages.Held, one => !_messages.Withdrawn.Contains(one.Record));
        Assert.Contains(replacement.Id, second.Basis);
        Assert.DoesNotContain(corrected, second.Basis);
    }

    [Fact]
    public async Task Withdraw_AgreementExpired_OnlyItsReadersLoseTheirMessages()
    {
        await MeetAsync(validUntil: "2026-11-23T00:00:00Z");
        await _service.WarnAsync(Pacific);
        await _service.WarnAsync(Caribbean);
        foreach (var provider in new[] { Pacific, Atlantic })
        {
            var longer = await _service.AgreeAsync(provider, "caribbean");
            Take(provider == Pacific ? Meeting("1", Pacific, 1, 15) : Meeting("2", Atlantic, Math.PI - 1, 14.8), longer);
        }
        var messenger = Messenger();
        await PublishAsync(messenger);
        Assert.Equal([Caribbean, Pacific], _messages.Held.Select(one => one.Reader).OrderBy(one => one.Value, StringComparer.Ordinal));
        _service.Time.Now = new DateTimeOffset(2026, 11, 22, 23, 59, 0, TimeSpan.Zero);
        await messenger.WithdrawAsync(Token);
        Assert.Empty(_messages.Withdrawn);
        _service.Time.Now = _service.Time.Now.AddMinutes(2);
        await messenger.WithdrawAsync(Token);
        Assert.Equal([_messages.Held.Single(one => one.Reader == Pacific).Record], _messages.Withdrawn);
        Assert.Empty(await ToldAsync(Pacific));
    }

    /// <summary>Two objects that meet, told to pacific.</summary>
    private async Task<(AgreementId Agreement, RecordId First, RecordId Second)> MeetAsync(string validUntil = "2036-01-01T00:00:00Z")
    {
        var (first, second) = (Meeting("1", Pacific, 1, 15), Meeting("2", Atlantic, Math.PI - 1, 14.8));
        Take(first, await _service.AgreeAsync(Pacific, "pacific", validUntil));
        var agreement = await _service.AgreeAsync(Atlantic, "pacific", validUntil);
        Take(second, agreement);
        return (agreement, first.Id, second.Id);
    }

    private void Take(SealedRecord record, AgreementId agreement) => _service.Orbits.Take([record.Arrives(++_arrivals, agreement)]);

    /// <summary>Of an object that is at its perigee and its node, where all of them are at that instant.</summary>
    private static SealedRecord Meeting(string tag, PartnerId originator, double inclinationRad, double meanMotion, double anomalyRad = 0)
        => RecordFactory.Seal(new ElementSet(tag, TestTime.Epoch.PlusSeconds(MeetingHours * 3_600), meanMotion, 1 - (1 - 0.001) * Math.Pow(meanMotion / 15, 2.0 / 3), inclinationRad, 1, 0, anomalyRad, 0, 0, 0), originator,
            LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false)));

    private ConjunctionMessenger Messenger(ScreeningSettings? settings = null)
        => new(_service.Identity, _service.Readers, _service.Agreements, _reader, _service.Views, _messages, new Publisher(_messages, Records.Service, _service.Identity.SigningKey, _service.Time), _messages,
            new RecordNotices(_service.Identity, _messages, new NoticeSignal(), _service.Time), Options.Create(settings ?? new ScreeningSettings { MessageWithinKm = 50, MessageMinProbability = 0 }), _service.Time, NullLogger<ConjunctionMessenger>.Instance);

    private async Task PublishAsync(ConjunctionMessenger messenger)
    {
        Screen();
        await messenger.LoadAsync(Token);
        await messenger.WithdrawAsync(Token);
        await messenger.PublishAsync(Token);
    }

    private async Task<IReadOnlyList<BoardConjunction>> ToldAsync(PartnerId reader)
    {
        Screen();
        return await _reader.AnswerAsync(reader, view => view?.Told.Conjunctions ?? [], Token);
    }

    private void Screen()
    {
        var (now, followed, content) = (Utc.FromDateTime(_service.Time.Now), new FollowedOrbits(EarthRotation.Default, TimeSpan.FromHours(12), NullLogger<FollowedOrbits>.Instance), _service.Orbits.Read());
        bool isLate = false;
        followed.Begin();
        _board.Update([.. new OrbitSourceMaker(followed).Make([.. content.Orbits.Select(versions => versions[0])], content.Maneuvers, [new RecordView(_ => true)], now, () => true, ref isLate)], now, null, Token);
        followed.End();
        _catalog.Screened(now, _board.Snapshot!, content.Maneuvers, []);
    }
}
