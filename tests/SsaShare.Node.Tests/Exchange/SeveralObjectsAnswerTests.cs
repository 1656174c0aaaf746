using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Node.Tests;

/// <summary>Urgent records about one object and about several under clauses that name objects, from the provider's feed over the wire to the reader's checks.</summary>
public sealed class SeveralObjectsAnswerTests : IAsyncLifetime
{
    private const string Debris = "81900", Rocket = "7734", Secret = "42738", Other = "25544";
    private static readonly SealedLabel Label = LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryOutbox _outbox;
    private readonly CheckpointSigner _checkpoints;
    private Home _home = null!;
    private BookEntry _entry = null!;
    private PullServer _server = null!;

    public SeveralObjectsAnswerTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _outbox = new MemoryOutbox(_time);
        _checkpoints = new CheckpointSigner(_atlantic.Identity, _atlantic.Folder, new MemoryNodeLog(), NullLogger<CheckpointSigner>.Instance);
    }

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        _outbox.Add(Sample.Publish(_atlantic, _time,
        [
            Message(Debris, Rocket), Message(Debris, Other), Message(Debris, Secret), Message(Debris, Rocket, secondCatalog: "OWN"), Event(Debris), Event(Debris, Rocket), Event(Rocket, Secret), Maneuver(Debris), Maneuver(Other),
        ]));
    }

    [Fact]
    public async Task Answer_UnderAGrantThatNamesObjects_HasOnlyRecordsOfWhichItNamesEveryObject()
    {
        await AgreeAsync(new Grant { Id = Pact.Clause("named"), Objects = Tags(Debris, Rocket) });
        Assert.Equal([0, 4, 5, 7], Received(await AnswerAsync()));
    }

    [Fact]
    public async Task Answer_UnderAProhibitionThatNamesObjects_HasNoRecordOfWhichItNamesAnyOrOneIsNotKnown()
    {
        await AgreeAsync(new Grant { Id = Pact.Clause("all") }, new Prohibition { Id = Pact.Clause("secret"), Objects = Tags(Secret) });
        Assert.Equal([0, 1, 4, 5, 7, 8], Received(await AnswerAsync()));
    }

    /// <summary>It checks a record about several objects as one about any, and would refuse the whole answer.</summary>
    [Fact]
    public async Task Answer_ToAReaderOfTheVersionBefore_HasWhatThatReaderTakes()
    {
        await AgreeAsync(new Grant { Id = Pact.Clause("named"), Objects = Tags(Debris, Rocket) });
        Assert.Equal([4, 7], Received(await AnswerAsync(ProtocolVersions.SeveralObjects - 1)));
        await AgreeAsync(new Grant { Id = Pact.Clause("all") }, new Prohibition { Id = Pact.Clause("secret"), Objects = Tags(Secret) });
        Assert.Equal([4, 7, 8], Received(await AnswerAsync(ProtocolVersions.SeveralObjects - 1)));
    }

    public ValueTask DisposeAsync()
    {
        _checkpoints.Dispose();
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AgreeAsync(Grant grant, params Prohibition[] prohibitions)
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time, grant.Id.Value, terms => terms with { Grants = [grant], Prohibitions = [.. prohibitions] });
        _entry = (await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry!;
        _server = new PullServer(_atlantic.Identity, _home.Book, _outbox, new MemoryRelayFeed(), new RecordDegrader(_atlantic.Identity.DegradationKey), _checkpoints,
            new CursorCodec(_atlantic.Identity.CursorKey.Span), new Running(), _time, NullLogger<PullServer>.Instance);
    }

    private Task<PullAnswer> AnswerAsync(uint version = ProtocolVersions.Current)
        => _server.AnswerAsync(_entry, _pacific.Partner, new Cursor(Guid.Empty, _entry.Agreement.Id, LanePositions.Start, null, FeedPriority.Urgent), 100, TimeSpan.Zero, version, CancellationToken.None);

    /// <summary>Which records came, as the reader's node reads them off the wire and checks them.</summary>
    private IEnumerable<int> Received(PullAnswer sent)
    {
        var answer = PullMapper.TryRead(V1.PullResponse.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(sent.ToWire())), out string fault);
        Assert.True(answer is not null, fault);
        var now = Utc.FromDateTime(_time.GetUtcNow());
        var lanes = FeedLanes.Of(_entry.Agreement, _atlantic.Partner, _pacific.Partner, FeedPriority.Urgent);
        var batch = Batch.Check(answer, new ExpectedAnswer(_entry.Agreement.Id, _atlantic.Partner, _pacific.Partner, lanes, InboxState.Start) { Now = now }, _home.Directory,
            FeedLanes.ForReceiver(_entry.Agreement, AgreementState.Active, _atlantic.Partner, _pacific.Partner, now), out fault);
        Assert.True(batch is not null, fault);
        return batch.Slices.SelectMany(slice => slice.Slice.Records).Select(record => record.Index);
    }

    private static Selector<ObjectTag> Tags(params string[] tags)
        => new([.. tags.Select(text => ObjectTag.TryParse(text, out var tag) ? tag : throw new ArgumentException(text, nameof(tags)))]);

    private SealedRecord Message(string first, string second, string secondCatalog = "SATCAT") => RecordFactory.Seal(
        new ConjunctionMessage($"{first}-{second}-{secondCatalog}", "atlantic", null, Epoch.J2000, new ClosestApproach(Epoch.J2000, 0.1, null, null, null), null, null, Body(first, "SATCAT"), Body(second, secondCatalog), []),
        _atlantic.Partner, Label);

    private SealedRecord Event(params string[] tags) => RecordFactory.Seal(new EventNotice(EventKind.Fragmentation, Epoch.J2000, null, [.. tags], null, 1, null), _atlantic.Partner, Label);

    private SealedRecord Maneuver(string tag) => RecordFactory.Seal(new ManeuverNotice(tag, ManeuverStatus.Planned, Epoch.J2000, Epoch.J2000, null, null, null), _atlantic.Partner, Label);

    private static ConjunctionObject Body(string designator, string catalog) => new(designator, catalog, "AN OBJECT", "UNKNOWN",
        new CartesianState(Epoch.J2000, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 7.5, 0)), new RtnCovariance(new double[21]), "NONE", "CALCULATED", "N/A", [], null, null, []);

    private sealed class Running : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => CancellationToken.None;
        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
