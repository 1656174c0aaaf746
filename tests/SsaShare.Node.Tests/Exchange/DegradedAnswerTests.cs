using Google.Protobuf;
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

/// <summary>Records of every class that can be degraded, from the provider's feed over the wire to the reader's checks.</summary>
public sealed class DegradedAnswerTests : IAsyncLifetime
{
    private static readonly Label Label = new(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false);
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryOutbox _outbox;
    private readonly CheckpointSigner _checkpoints;
    private readonly Running _lifetime = new();
    private readonly SealedRecord[] _originals;
    private Home _home = null!;
    private BookEntry _entry = null!;
    private PullServer _server = null!;

    public DegradedAnswerTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _outbox = new MemoryOutbox(_time);
        _checkpoints = new CheckpointSigner(_atlantic.Identity, _atlantic.Folder, new MemoryNodeLog(), NullLogger<CheckpointSigner>.Instance);
        var label = LabelCodec.Seal(Label);
        var state = new CartesianState(Epoch.J2000, Frame.Gcrf, new Vector3d(7_000.125, 10.5, -20.25), new Vector3d(0.0125, 5.25, 5.5));
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = i < 3 ? 0.01 * (i + 1) : 1e-8;
        _originals =
        [
            RecordFactory.Seal(new Observation(Sample.Sensor, Epoch.J2000, 1_234.5, 1, 0.5, -2.5, "5398"), _atlantic.Partner, label),
            RecordFactory.Seal(new OrbitState("5398", state, new Covariance6(lower)), _atlantic.Partner, label),
            RecordFactory.Seal(new ElementSet("5398", Epoch.J2000, 15.51234567, 0.0007123, 0.9012345, 1.2345678, 2.3456789, 3.4567891, 1e-4, 1e-5, 0), _atlantic.Partner, label),
            RecordFactory.Seal(new Sensor(Sample.Sensor, _atlantic.Partner, "Radar", new Geodetic(0.5, 0.5, 0.1), new MeasurementFigures(0.05, 1e-4, 1e-4, null), new MeasurementFigures(null, null, null, null)), label, Epoch.J2000),
        ];
    }

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        _entry = (await _home.Book.KeepAsync(Coarse().SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry!;
        _server = new PullServer(_atlantic.Identity, _home.Book, _outbox, new MemoryRelayFeed(), new RecordDegrader(_atlantic.Identity.DegradationKey), _checkpoints, new CursorCodec(_atlantic.Identity.CursorKey.Span), _lifetime, _time, NullLogger<PullServer>.Instance);
        _outbox.Add(Sample.Publish(_atlantic, _time, _originals));
    }

    [Fact]
    public async Task Answer_EveryClass_ComesDegradedAndNothingOfTheOriginalIsOnTheWire()
    {
        byte[] wire = (await AnswerAsync()).ToWire().ToByteArray();
        var records = Received(wire);
        Assert.Equal([RecordClass.Observation, RecordClass.OrbitState, RecordClass.ElementSet], records.Select(one => one.Record.Facts.Class));
        Assert.All(records, one => Assert.Equal((false, true, null), (one.Record.Facts.Form.IsFull, one.Record.Facts.TagRemoved, one.Record.Facts.ObjectTag)));

        foreach (double secret in new[] { 1_234.5, -2.5, 7_000.125, 5.25, 15.51234567, 1.2345678, 0.03 }) Assert.Equal(-1, wire.AsSpan().IndexOf(BitConverter.GetBytes(secret)));
        Assert.Equal(-1, wire.AsSpan().IndexOf("5398"u8));
        foreach (var original in _originals.Take(3))
        {
            Assert.Equal(-1, wire.AsSpan().IndexOf(original.Payload.Span));
            Assert.Equal(-1, wire.AsSpan().IndexOf(original.Id.ToArray()));
        }
    }

    [Fact]
    public async Task Answer_ToAFreshReader_IsTheSameToTheLastByte()
    {
        var (once, again) = (Received((await AnswerAsync()).ToWire().ToByteArray()), Received((await AnswerAsync()).ToWire().ToByteArray()));
        Assert.Equal(once.Select(one => Convert.ToHexString(one.Record.Payload.Span)), again.Select(one => Convert.ToHexString(one.Record.Payload.Span)));
        Assert.Equal(once.Select(one => Convert.ToHexString(one.Salt.Span)), again.Select(one => Convert.ToHexString(one.Salt.Span)));
    }

    [Fact]
    public async Task Answer_AfterARestart_DrawsTheSameNoise()
    {
        var before = Received((await AnswerAsync()).ToWire().ToByteArray());
        using var restarted = NodeIdentity.Load(_atlantic.Folder);
        _server = new PullServer(_atlantic.Identity, _home.Book, _outbox, new MemoryRelayFeed(), new RecordDegrader(restarted.DegradationKey), _checkpoints, new CursorCodec(_atlantic.Identity.CursorKey.Span), _lifetime, _time, NullLogger<PullServer>.Instance);
        Assert.Equal(before.Select(one => one.Record.Id), Received((await AnswerAsync()).ToWire().ToByteArray()).Select(one => one.Record.Id));
    }

    public ValueTask DisposeAsync()
    {
        _checkpoints.Dispose();
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
        return ValueTask.CompletedTask;
    }

    private Agreement Coarse() => Pact.Between([_atlantic, _pacific], _time, "Coarse", terms => terms with
    {
        DegradationProfiles = [new DegradationProfile(Profile, new DegradationFigures
        {
            RangeSigmaKm = 0.5, AngleSigmaDeg = 0.05, RangeRateSigmaKmPerS = 0.01, PositionSigmaKm = 1, VelocitySigmaKmPerS = 0.001, ElementAngleStepDeg = 0.1, EccentricityStep = 0.001, MeanMotionStepRevPerDay = 0.001,
        }, [RemovedField.ObjectTag])],
        Grants = [new Grant { Id = Pact.Clause("coarse"), Degradation = Profile, Purposes = Purposes.Fusion | Purposes.Research }],
    });

    private static ProfileId Profile => ProfileId.TryParse("coarse", out var id) ? id : throw new InvalidOperationException("A profile id.");

    private Task<PullAnswer> AnswerAsync()
        => _server.AnswerAsync(_entry, _pacific.Partner, new Cursor(Guid.Empty, _entry.Agreement.Id, LanePositions.Start, null), 100, TimeSpan.Zero, ProtocolVersions.Current, CancellationToken.None);

    /// <summary>As the reader's node reads and checks it.</summary>
    private List<PublishedRecord> Received(byte[] wire)
    {
        var answer = PullMapper.TryRead(V1.PullResponse.Parser.ParseFrom(wire), out string fault);
        Assert.True(answer is not null, fault);
        var lanes = FeedLanes.Of(_entry.Agreement, _atlantic.Partner, _pacific.Partner);
        var batch = Batch.Check(answer, new ExpectedAnswer(_entry.Agreement.Id, _atlantic.Partner, _pacific.Partner, lanes, InboxState.Start) { Profile = _entry.Agreement.Profile, Now = Utc.FromDateTime(_time.GetUtcNow()) }, _home.Directory,
            FeedLanes.ForReceiver(_entry.Agreement, AgreementState.Active, _atlantic.Partner, _pacific.Partner, Utc.FromDateTime(_time.GetUtcNow())), out fault);
        Assert.True(batch is not null, fault);
        return [.. batch.Slices.SelectMany(slice => slice.Slice.Records)];
    }

    private sealed class Running : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;
        public CancellationToken ApplicationStopping => CancellationToken.None;
        public CancellationToken ApplicationStopped => CancellationToken.None;
        public void StopApplication() => throw new NotSupportedException();
    }
}
