using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;
using FeedSource = SsaShare.Protocol.Admin.V1.FeedSource;
using WireWord = SsaShare.Protocol.Admin.V1.ProviderWord;

namespace SsaShare.Node.Tests;

public sealed class ExchangeStatusReaderTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly MemoryStandingStore _store;
    private readonly PullStatuses _pulls = new();
    private readonly ReaderStandings _readers;
    private readonly ExchangeControl _control;
    private readonly Party _atlantic, _pacific;
    private Home _home = null!;
    private ExchangeStatusReader _reader = null!;

    public ExchangeStatusReaderTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _store = new MemoryStandingStore(_time);
        (_readers, _control) = (new ReaderStandings(_time), new ExchangeControl(_store));
    }

    private Epoch Now => Utc.FromDateTime(_time.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific);
        _reader = new ExchangeStatusReader(_atlantic.Identity, _home.Book, _pulls, _readers, _store, _control, Options.Create(new PullOptions()), Options.Create(new PeerPipelineOptions()), _time);
    }

    [Fact]
    public async Task Read_AgreementWithoutHistory_HasBothDirectionsAndKnowsNothing()
    {
        await KeepAsync();
        var streams = await ReadAsync();
        Assert.Equal([ExchangeDirection.Receiving, ExchangeDirection.Giving], streams.Select(stream => stream.Direction));
        Assert.All(streams, stream => Assert.True(stream.Word == WireWord.Unspecified && stream.Cursor.Count == 0 && stream.Lag is null && stream.LastManifest is null && !stream.HasLagRecords));
    }

    [Fact]
    public async Task Read_Received_ShowsCursorLagWordAndFailures()
    {
        var stream = Stream(await KeepAsync());
        Receive(stream, manifest => manifest with { ItemCount = 5, Waiting = 7, Complete = false });
        _pulls.Failed(stream, "Unavailable gone", _time.GetUtcNow(), _time.GetUtcNow() + TimeSpan.FromSeconds(9));
        _pulls.Failed(stream, "Unavailable gone", _time.GetUtcNow(), _time.GetUtcNow() + TimeSpan.FromSeconds(9));
        _pulls.Turned(stream, Polly.CircuitBreaker.CircuitState.Open);
        var row = (await ReadAsync())[0];
        Assert.Equal((WireWord.Given, 7L, 30.0, 2, PeerCircuit.Open), (row.Word, row.LagPublications, row.Lag.ToTimeSpan().TotalSeconds, row.FailureCount, row.Circuit));
        Assert.Equal((FeedSource.Own, 12L), (row.Cursor.Single().Source, row.Cursor.Single().Position));
        Assert.Equal(("Unavailable gone", _time.GetUtcNow().AddSeconds(9)), (row.LastError, row.NextTry.ToDateTimeOffset()));
        Assert.Equal((40L, 6L), (row.GivenRecords, row.WithheldRecords));
    }

    [Fact]
    public async Task Read_SilentProvider_IsCutOffAfterTheLongestWaitAndAMinute()
    {
        Receive(Stream(await KeepAsync()), manifest => manifest with { Withheld = 0 });
        Assert.Equal(WireWord.NothingToReport, (await ReadAsync())[0].Word);
        _time.Advance(TimeSpan.FromSeconds(95));
        Assert.Equal(WireWord.NothingToReport, (await ReadAsync())[0].Word);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(WireWord.CutOff, (await ReadAsync())[0].Word);
    }

    [Fact]
    public async Task Read_Denied_SaysWhyAndSinceWhen()
    {
        var agreement = await KeepAsync();
        var denial = DenialDocument.Sign(_pacific.Identity.SigningKey, agreement.Id, _pacific.Partner, _atlantic.Partner, DenialReason.Revoked, Now, null);
        Assert.True(DocumentJson.TryRead<DenialDocument>(denial.Payload.Span, DocumentContexts.Denial, out var document));
        await _store.SaveDenialAsync(denial, document, CancellationToken.None);
        var row = (await ReadAsync())[0];
        Assert.Equal((WireWord.Denied, "revoked", _time.GetUtcNow()), (row.Word, row.DenialReason, row.WordSince.ToDateTimeOffset()));
    }

    [Fact]
    public async Task Read_Given_ShowsWhereTheReaderStandsAndHowFarItIsBehind()
    {
        var agreement = await KeepAsync();
        _store.Lag = new LaneLag(3, 1_200, Now);
        var cursor = new Cursor(Guid.Empty, agreement.Id, LanePositions.Start.With(FeedLane.Prompt, 8), Hash256.Of("manifest"u8));
        _readers.Asked(cursor, _pacific.Partner);
        _readers.Answered(cursor, _pacific.Partner, SignedDocument.Sign(_atlantic.Identity.SigningKey, DocumentContexts.Manifest, DocumentJson.Write(Manifest(Stream(agreement)))));
        _time.Advance(TimeSpan.FromSeconds(4));
        var row = (await ReadAsync())[1];
        Assert.Equal((3L, 1_200L, 4.0, 8L), (row.LagPublications, row.LagRecords, row.Lag.ToTimeSpan().TotalSeconds, row.Cursor.Single().Position));
        Assert.Equal(12, row.LastManifest.ToPosition);
        _readers.Denied(new StreamKey(agreement.Id, _pacific.Partner, FeedPriority.Routine), DenialReason.ReceiptMissing);
        Assert.Equal("receipt missing", (await ReadAsync())[1].DenialReason);
    }

    [Fact]
    public async Task Read_Paused_SaysByWhom()
    {
        var agreement = await KeepAsync();
        await _control.PauseAsync(new PauseEvent(_pacific.Partner, agreement.Id, "the operator of atlantic"), CancellationToken.None);
        Assert.All(await ReadAsync(), row => Assert.Equal("the operator of atlantic", row.PausedBy));
    }

    [Fact]
    public async Task Read_AgreementEnded_IsNotShown()
    {
        var agreement = await KeepAsync();
        Receive(Stream(agreement), manifest => manifest);
        await _home.Book.ChangeAsync(agreement.Id, TransitionEvent.Suspend, "A test.", CancellationToken.None);
        Assert.Equal(2, (await ReadAsync()).Count);
        await _home.Book.ChangeAsync(agreement.Id, TransitionEvent.Revoke, "A test.", CancellationToken.None);
        Assert.Empty(await ReadAsync());
    }

    public ValueTask DisposeAsync()
    {
        _control.Dispose();
        _home.Dispose();
        _atlantic.Dispose();
        _pacific.Dispose();
        return default;
    }

    private async Task<IReadOnlyList<ExchangeStream>> ReadAsync() => [.. (await _reader.ReadAsync(CancellationToken.None)).Streams];

    private StreamKey Stream(Agreement agreement) => new(agreement.Id, _pacific.Partner, FeedPriority.Routine);

    private void Receive(StreamKey stream, Func<ManifestDocument, ManifestDocument> change)
        => _store.Received.Add(new ReceivedStanding(stream, LanePositions.Start.With(FeedLane.Prompt, 12), change(Manifest(stream)), Now, Now.PlusSeconds(-30), 40, 6));

    private ManifestDocument Manifest(StreamKey stream) => new(DocumentContexts.Manifest.Text, stream.Agreement, _pacific.Partner, _atlantic.Partner, 8, 12, null, 0, 0, Hash256.Of("items"u8), true, Now, "note");

    private async Task<Agreement> KeepAsync()
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time);
        await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None);
        return agreement;
    }
}
