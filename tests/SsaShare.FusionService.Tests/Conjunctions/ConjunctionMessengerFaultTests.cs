using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Node;
using SsaShare.Orbits;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Signing;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class ConjunctionMessengerFaultTests
{
    [Fact]
    public async Task Publish_TwoOrbitsThatMeet_OneMessageForWhoMaySeeThem()
    {
        await using var sky = await Sky.CreateAsync();
        await sky.RoundAsync();
        await sky.RoundAsync();
        var message = Assert.Single(sky.Ledger.All);
        Assert.Equal(Caribbean, message.Reader);
        Assert.Equal([sky.First.Id, sky.Second.Id], message.Basis.OrderBy(record => record == sky.First.Id ? 0 : 1));
        Assert.Null(message.Unpublished);
        var record = Assert.Single(sky.Publications.Published);
        Assert.Equal((message.Record, Records.Service), (record.Id, record.Facts.Originator));
        Assert.Equal([Caribbean.Value], record.Label.Parsed.ReleasableTo);
    }

    [Fact]
    public async Task Publish_MoreManoeuvresThanAMessageHolds_NamesSomeAndCountsTheOthers()
    {
        await using var sky = await Sky.CreateAsync();
        sky.Take([.. Enumerable.Range(0, 256).Select(i => Announced("1", Pacific, i / 1_000.0))]);
        await sky.RoundAsync();
        var record = Assert.Single(sky.Publications.Published);
        var comments = ConjunctionCodec.TryDecode(record.Payload.Span)!.Comments;
        Assert.Equal(20, comments.Count(comment => comment.Contains("announces", StringComparison.Ordinal)));
        Assert.Contains("236 more manoeuvres are announced.", comments);
    }

    [Fact]
    public async Task Withdraw_HeldMessageThatCannotBeRead_IsSetAsideAndTheOthersArePublished()
    {
        await using var sky = await Sky.CreateAsync();
        var broken = new LedgerMessage(new RecordId(Hash256.Of("broken"u8).ToArray()), Caribbean, "a", "b", TestTime.Epoch, 1, null, TestTime.Epoch, [sky.First.Id], "a|b|1") { Unpublished = (new byte[] { 1, 2, 3 }, new byte[] { 4 }) };
        await sky.Ledger.HoldAsync([broken], CancellationToken.None);
        await sky.RoundAsync();
        Assert.Contains(broken.Record, sky.Ledger.Withdrawn);
        Assert.Single(sky.Publications.Published);
    }

    [Fact]
    public async Task Withdraw_AnothersNoticeIsTakenBack_TheMessageStands()
    {
        await using var sky = await Sky.CreateAsync();
        SealedRecord others = Announced("1", Caribbean, 0.1), own = Announced("1", Pacific, 0.15);
        sky.Take([others, own]);
        await sky.RoundAsync();
        var message = Assert.Single(sky.Ledger.All);
        Assert.DoesNotContain(others.Id, message.Basis);
        Assert.Contains(own.Id, message.Basis);
        sky.Service.Orbits.Remove([others.Id]);
        await sky.RoundAsync();
        Assert.Empty(sky.Ledger.Withdrawn);
        sky.Service.Orbits.Remove([own.Id]);
        await sky.RoundAsync();
        Assert.Equal([message.Record], sky.Ledger.Withdrawn);
        Assert.Single(sky.Publications.Noticed);
    }

    [Fact]
    public async Task Publish_NoticesTakenBackAgainAndAgain_NoMoreMessagesThanInAnHour()
    {
        await using var sky = await Sky.CreateAsync(new ScreeningSettings { Hours = 1, MessagesPerHourMax = 3, MessageInterval = TimeSpan.Zero });
        for (int i = 0; i < 6; i++)
        {
            var notice = Announced("1", Pacific, 0.1 + 0.01 * i);
            sky.Take([notice]);
            await sky.RoundAsync();
            sky.Service.Orbits.Remove([notice.Id]);
        }
        Assert.Equal(3, sky.Ledger.All.Count);
    }

    [Fact]
    public async Task Publish_AnswerOfTheLedgerIsLost_NoSecondMessage()
    {
        await using var sky = await Sky.CreateAsync();
        sky.Ledger.LosesNextAnswer = true;
        await Assert.ThrowsAsync<NpgsqlException>(sky.RoundAsync);
        await sky.RoundAsync();
        Assert.Null(Assert.Single(sky.Ledger.All).Unpublished);
        Assert.Single(sky.Publications.Published);
    }

    [Fact]
    public async Task Publish_PairOfWhichNoMessageCanBeMade_KeepsNoOtherBack()
    {
        await using var sky = await Sky.CreateAsync();
        sky.IsFaulty = source => source.Basis.Contains(sky.Second.Id);
        sky.Take([Meeting("3", Pacific, 1.01)]);
        await sky.RoundAsync();
        var message = Assert.Single(sky.Ledger.All);
        Assert.DoesNotContain(sky.Second.Id, message.Basis);
    }

    /// <summary>At the ascending node of all of them half an hour ago, and at the other again in 18 minutes; of the same radius there where the inclinations add up to π.</summary>
    private static SealedRecord Meeting(string tag, PartnerId originator, double inclinationRad)
        => RecordFactory.Seal(Elements(tag, -0.5) with { InclinationRad = inclinationRad }, originator, LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false)));

    /// <summary>Two orbits that meet once within the hour, one of the Pacific's and one of the Atlantic's; the Caribbean may see both, and so may the other two.</summary>
    private sealed class Sky : IAsyncDisposable
    {
        private readonly ConjunctionBoard _board;
        private readonly ConjunctionCatalog _catalog;
        private readonly ConjunctionReader _reader;
        private readonly ConjunctionMessenger _messenger;
        private readonly Dictionary<PartnerId, AgreementId> _agreements = [];
        private long _arrival;

        private Sky(Service service, ScreeningSettings settings)
        {
            (Service, _board) = (service, new ConjunctionBoard(settings.ToBoardOptions()));
            _catalog = new ConjunctionCatalog();
            _reader = new ConjunctionReader(_catalog, service.Views);
            var notices = new RecordNotices(service.Identity, Publications, new NoticeSignal(), service.Time);
            var publisher = new Publisher(Publications, Records.Service, service.Identity.SigningKey, service.Time);
            _messenger = new ConjunctionMessenger(service.Identity, service.Readers, service.Agreements, _reader, service.Views, Ledger, publisher, Publications, notices,
                Options.Create(settings), service.Time, NullLogger<ConjunctionMessenger>.Instance);
        }

        public Service Service { get; }
        public MemoryLedger Ledger { get; } = new();
        public MemoryPublications Publications { get; } = new();
        public SealedRecord First { get; } = Meeting("1", Pacific, 1);
        public SealedRecord Second { get; } = Meeting("2", Atlantic, Math.PI - 1);

        /// <summary>Orbits of which the uncertainty cannot be told once they are on the board.</summary>
        public Func<OrbitSource, bool> IsFaulty { get; set; } = _ => false;

        public static async Task<Sky> CreateAsync(ScreeningSettings? settings = null)
        {
            var service = await Service.CreateAsync();
            var sky = new Sky(service, settings ?? new ScreeningSettings { Hours = 1 });
            foreach (var partner in new[] { Pacific, Atlantic, Caribbean }) sky._agreements[partner] = await service.AgreeAsync(partner, "caribbean");
            await service.AgreeOnMessagesAsync(Caribbean);
            sky.Take([sky.First, sky.Second]);
            return sky;
        }

        public void Take(IReadOnlyList<SealedRecord> records)
        {
            var (_, refused) = Service.Orbits.Take([.. records.Select(record => record.Arrives(++_arrival, _agreements[record.Facts.Originator]))]);
            Assert.Empty(refused);
        }

        /// <summary>What the worker does in one round, two seconds after the one before.</summary>
        public async Task RoundAsync()
        {
            Service.Time.Now = Service.Time.Now.AddSeconds(2);
            var now = Utc.FromDateTime(Service.Time.Now);
            await _messenger.LoadAsync(CancellationToken.None);
            await _messenger.WithdrawAsync(CancellationToken.None);
            var content = Service.Orbits.Read();
            var sources = content.Orbits.Select(versions => versions[0]).Select(orbit => new OrbitSource(OrbitSourceMaker.Designate(orbit.Tag, orbit.Originator), OrbitSourceKind.ElementSet, orbit.Originator, [orbit.Record],
                DataMode.Real, orbit.Epoch, orbit.Published, new EncounterObject(1, new ElementSetMotion(orbit.Elements!, AssumedUncertainty.ElementSets), null)));
            var faulty = new FailingMotion();
            _board.Update([.. sources.Select(source => IsFaulty(source) ? faulty.In(source) : source)], now);
            faulty.Fails = true;
            _catalog.Screened(now, _board.Snapshot!, content.Maneuvers, []);
            await _messenger.PublishAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            _reader.Dispose();
            await Service.DisposeAsync();
        }
    }

    /// <summary>An orbit whose uncertainty becomes one that no covariance can hold.</summary>
    private sealed class FailingMotion
    {
        public bool Fails { get; set; }

        public OrbitSource In(OrbitSource source)
            => new(source.Designation, source.Kind, source.Originator, source.Basis, source.Mode, source.AsOf, source.Published, source.Encounter with { Motion = new Motion(this, source.Encounter.Motion) });

        private sealed class Motion(FailingMotion owner, IUncertainMotion inner) : IUncertainMotion
        {
            public bool Covers(Epoch epoch) => inner.Covers(epoch);
            public CartesianState StateAt(Epoch epoch) => inner.StateAt(epoch);
            public ScreenedObject ToScreened(long id, ScreeningVolume? volume = null) => inner.ToScreened(id, volume);
            public UncertaintyAt? UncertaintyAt(Epoch epoch) => owner.Fails ? throw new ArgumentException("Entry (4,4) is negative.") : inner.UncertaintyAt(epoch);
        }
    }
}
