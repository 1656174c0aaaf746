using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Node.Tests;

public sealed class NodeStatusReaderTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly MemoryRecords _records = new();
    private readonly MemoryNodeLog _log = new();
    private readonly PullStatuses _pulls = new();
    private readonly Party _atlantic, _pacific, _caribbean;
    private Home _home = null!;
    private NodeStatusReader _reader = null!;

    public NodeStatusReaderTests()
        => (_atlantic, _pacific, _caribbean) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("caribbean", _time));

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific, _caribbean);
        _reader = new NodeStatusReader(_atlantic.Identity, _home.Directory, _home.Book, _pulls, _records, _log, _time);
    }

    [Fact]
    public async Task Read_RecordsAndLog_AreCounted()
    {
        var agreement = await KeepAsync("First");
        await _records.TryAppendAsync([Sample.Publish(_atlantic, _time, Sample.Records(_atlantic, 3))], CancellationToken.None);
        foreach (var record in Sample.Records(_pacific, 2)) _records.Receive(record, _pacific.Partner, agreement.Id);
        _log.Grow("a", "b");
        var status = await ReadAsync();
        Assert.Equal(("atlantic", 3L, 2L, 2L), (status.PartnerId, status.OwnRecords, status.ReceivedRecords, status.LogSize));
        Assert.Equal([("caribbean", 0L), ("pacific", 2L)], status.Peers.Select(peer => (peer.PartnerId, peer.ReceivedRecords)));
    }

    [Fact]
    public async Task Read_OneAgreement_WatermarkIsIts()
    {
        Mark(await KeepAsync("First"), minutes: 5);
        Assert.Equal(After(5), await WatermarkAsync());
    }

    [Fact]
    public async Task Read_TwoAgreements_WatermarkIsTheEarlier()
    {
        Mark(await KeepAsync("First"), minutes: 5);
        Mark(await KeepAsync("Second"), minutes: 3);
        Assert.Equal(After(3), await WatermarkAsync());
    }

    [Fact]
    public async Task Read_OneOfTwoNeverComplete_NoWatermark()
    {
        Mark(await KeepAsync("First"), minutes: 5);
        await KeepAsync("Second");
        Assert.Null(await WatermarkAsync());
    }

    [Fact]
    public async Task Read_SuccessorNeverComplete_ItsPredecessorsWatermarkDoesNotStandForIt()
    {
        var before = await KeepAsync("Before");
        Mark(before, minutes: 5);
        await KeepAsync("After", terms => terms with { Supersedes = before.Id });
        Assert.Null(await WatermarkAsync());
    }

    [Fact]
    public async Task Read_SuccessorComplete_ItsPredecessorDoesNotHoldTheWatermarkBack()
    {
        var before = await KeepAsync("Before");
        Mark(before, minutes: 5);
        Mark(await KeepAsync("After", terms => terms with { Supersedes = before.Id }), minutes: 9);
        Assert.Equal(After(9), await WatermarkAsync());
    }

    [Fact]
    public async Task Read_AgreementThatBeginsLater_DoesNotHideTheWatermark()
    {
        Mark(await KeepAsync("First"), minutes: 5);
        await KeepAsync("Next year", terms => terms with { ValidFrom = Utc.FromDateTime(_time.GetUtcNow() + Pact.Day / 2) });
        Assert.Equal(After(5), await WatermarkAsync());
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        foreach (var party in new[] { _atlantic, _pacific, _caribbean }) party.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<GetStatusResponse> ReadAsync() => _reader.ReadAsync(CancellationToken.None);

    private async Task<DateTimeOffset?> WatermarkAsync()
        => (await ReadAsync()).Peers.Single(peer => peer.PartnerId == "pacific").Watermark?.ToDateTimeOffset();

    private DateTimeOffset After(int minutes) => _time.GetUtcNow().AddMinutes(minutes);

    private void Mark(Agreement agreement, int minutes) => _records.Watermarks.Add((_pacific.Partner, agreement.Id, Utc.FromDateTime(After(minutes))));

    private async Task<Agreement> KeepAsync(string title, Func<AgreementTerms, AgreementTerms>? change = null)
    {
        var agreement = Pact.Between([_atlantic, _pacific], _time, title, change);
        Assert.Equal(AgreementState.Active, (await _home.Book.KeepAsync(agreement.SignedBy(_atlantic, _pacific), _pacific.Partner, CancellationToken.None)).Entry?.State);
        return agreement;
    }
}
