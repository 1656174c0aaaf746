using System.Net.Http;
using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node.Tests;

/// <summary>What an operator is shown before a restore is said to have happened.</summary>
public sealed class LogInspectionTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly MemoryNodeLog _log = new();
    private readonly Witnesses _witnesses = new();
    private readonly Party _atlantic, _pacific, _harbour;
    private Home _home = null!;

    public LogInspectionTests() => (_atlantic, _pacific, _harbour) = (Party.Create("atlantic", _time), Party.Create("pacific", _time), Party.Create("harbour", _time));

    public async ValueTask InitializeAsync()
    {
        _home = await Home.CreateAsync(_atlantic, _time, _pacific, _harbour);
        _log.Grow("a", "b", "c", "d", "e", "f", "g");
    }

    [Fact]
    public async Task Look_WitnessesHaveSeenMore_NamesWhatIsLost()
    {
        (_witnesses.Notes[_pacific.Partner], _witnesses.Notes[_harbour.Partner]) = (Note(7), Note(3));
        await _atlantic.Folder.KeepCheckpointAsync(Note(6), CancellationToken.None);
        var seen = _log.Head;
        _log.RestoreTo(4);
        var loss = await LookAsync();
        Assert.Equal(new LogCut(_log.Head.Root, 3, new DateTimeOffset(2000, 1, 1, 11, 58, 55, TimeSpan.Zero), 7, seen.Root), loss.Cut);
        Assert.Equal([7, 6, 3], loss.Sightings.Select(one => one.Head.Size));
        Assert.Equal([false, false, true], loss.Sightings.Select(one => one.IsContained));
        Assert.Empty(loss.Silent);
        Assert.Null(loss.Contradiction);
    }

    [Fact]
    public async Task Look_NobodyHasSeenMore_NothingIsLost()
    {
        _witnesses.Notes[_pacific.Partner] = Note(7);
        // Another's checkpoint, and one by another key, say nothing of this log.
        using var other = NoteSigner.Generate(_atlantic.Identity.LogSigner.Name);
        _witnesses.Notes[_harbour.Partner] = Encoding.UTF8.GetString(new Checkpoint(other.Name, 99, Hash256.Of("x"u8)).Sign(other).ToBytes());
        var loss = await LookAsync();
        Assert.Null(loss.Seen);
        Assert.Throws<InvalidOperationException>(() => loss.Cut);
        Assert.Single(loss.Sightings);
    }

    [Fact]
    public async Task Look_PeerIsAway_SaysSo()
    {
        _witnesses.Away.Add(_harbour.Partner);
        var loss = await LookAsync();
        Assert.Equal([(_harbour.Partner, "away")], loss.Silent);
    }

    /// <summary>Pinned after the backup, or with other keys since: the database does not know it, its operator does.</summary>
    [Fact]
    public async Task AskedPeers_ByCard_AreAskedAndNotPinned()
    {
        using var caribbean = Party.Create("caribbean", _time);
        using var later = Party.Create("harbour", _time);
        var store = new MemoryPeerStore();
        foreach (var party in new[] { _pacific, _harbour }) Assert.True(await store.TryPinAsync(party.Card, CancellationToken.None));
        using var directory = new PeerDirectory(_atlantic.Identity, new AskedPeers(store, [caribbean.Card, later.Card]));
        await directory.LoadAsync(CancellationToken.None);
        _witnesses.Notes[caribbean.Partner] = Note(7);
        _log.RestoreTo(4);
        var loss = await LogInspection.LookAsync(_atlantic.Identity, _atlantic.Folder, directory, _log, _witnesses, CancellationToken.None);
        Assert.Equal(("'caribbean'", 7), (loss.Seen?.Source, loss.Seen?.Head.Size));
        Assert.Equal(later.Card.Id, directory.Find(_harbour.Partner)?.Card.Id);
        Assert.Equal([_pacific.Card.Id, _harbour.Card.Id], (await store.ListAsync(CancellationToken.None)).Select(card => card.Id));
    }

    /// <summary>What no restore explains: two histories of one size, and a fork before what the log contains.</summary>
    [Theory, InlineData(9, "different checkpoints"), InlineData(2, "in other hands")]
    public async Task Look_TheLogKeyIsInOtherHands_IsAContradiction(int forged, string said)
    {
        var signer = _atlantic.Identity.LogSigner;
        _witnesses.Notes[_pacific.Partner] = forged == 9 ? Forged("one") : Note(5);
        _witnesses.Notes[_harbour.Partner] = Forged("other");
        Assert.Contains(said, (await LookAsync()).Contradiction, StringComparison.Ordinal);

        string Forged(string history) => Encoding.UTF8.GetString(new Checkpoint(signer.Name, forged, Hash256.Of(Encoding.UTF8.GetBytes(history))).Sign(signer).ToBytes());
    }

    public ValueTask DisposeAsync()
    {
        _home.Dispose();
        foreach (var party in new[] { _atlantic, _pacific, _harbour }) party.Dispose();
        return default;
    }

    private Task<LogLoss> LookAsync() => LogInspection.LookAsync(_atlantic.Identity, _atlantic.Folder, _home.Directory, _log, _witnesses, CancellationToken.None);

    private string Note(int size)
    {
        var signer = _atlantic.Identity.LogSigner;
        return Encoding.UTF8.GetString(new Checkpoint(signer.Name, size, _log.GetRootAsync(size, CancellationToken.None).GetAwaiter().GetResult()).Sign(signer).ToBytes());
    }

    private sealed class Witnesses : IWitnessClient
    {
        public Dictionary<PartnerId, string> Notes { get; } = [];
        public HashSet<PartnerId> Away { get; } = [];

        public Task<WitnessReply> AddCheckpointAsync(PartnerId witness, AddCheckpointRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> GetCheckpointAsync(PartnerId witness, string origin, CancellationToken cancellationToken)
            => Away.Contains(witness) ? throw new HttpRequestException("away") : Task.FromResult(Notes.GetValueOrDefault(witness));
    }
}
