using System.Globalization;
using System.Text;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Log.V1;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Peering.Tests;

/// <summary>Atlantic takes checkpoints of pacific's log, from pacific and from others, and asks pacific to prove them.</summary>
public sealed class LogProverTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();
    private MemoryWitnessStore _store = new();
    private readonly PartnerId _harbour = PartnerId.Parse("harbour");
    private LoopbackPeer _pacific = null!;
    private Party _atlantic = null!;
    private Home _home = null!;
    private PeerChannels _channels = null!;
    private LogLineages _lineages = null!;
    private CheckpointWatch _watch = null!;
    private LogProver _prover = null!;
    private readonly EventNames _told = new();
    private int _asked;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Origin => _pacific.Party.Identity.LogSigner.Name;

    public async ValueTask InitializeAsync()
    {
        _pacific = await LoopbackPeer.StartAsync("pacific", _time);
        _atlantic = Party.Create("atlantic", _time);
        _home = await Home.CreateAsync(_atlantic, _time, _pacific.Party);
        _channels = new PeerChannels(_atlantic.Identity, _home.Directory);
        Restart();
        Serve("one");
    }

    /// <summary>As after a restart: what is in memory is gone.</summary>
    private void Restart()
    {
        _lineages = new LogLineages();
        // Of atlantic's own log nothing comes here.
        _watch = new CheckpointWatch(_home.Directory, _atlantic.Identity, new OwnLog(_atlantic.Identity, _home.Directory, null!, new SigningPermit(), NullLogger<OwnLog>.Instance), _store, _lineages, _time, _told);
        _prover = new LogProver(_home.Directory, _channels, _watch, _lineages, _store, Options.Create(new WitnessOptions { ProofPatience = Patience, CallTimeout = TimeSpan.FromMinutes(2) }), _time, NullLogger<LogProver>.Instance);
    }

    [Fact]
    public async Task Ask_OneHistoryInAnyOrder_IsProvenAndNobodyIsAccused()
    {
        foreach (int size in (int[])[7, 12, 3, 9, 40, 1, 40, 12]) await TakeAsync("one", size, size % 2 == 0 ? _pacific.Party.Partner : _harbour);
        Assert.True(await AskAsync());
        Assert.Equal(5, _asked);
        Assert.Empty(_lineages.Waiting);
        Assert.Empty(_lineages.Doubts);

        // From there on it is asked from the largest alone.
        await TakeAsync("one", 50, _harbour);
        _pacific.Prove = request =>
        {
            Assert.Equal((40, 50), (request.OldTreeSize, request.NewTreeSize));
            return Proof("one", request);
        };
        Assert.True(await AskAsync());
        Assert.Empty(_lineages.Waiting);
    }

    [Theory]
    [InlineData(7, 9), InlineData(9, 7), InlineData(8, 64)]
    public async Task Ask_WitnessAndReceiverAreShownTwoHistoriesAndNoSizeTwice_IsFoundWhateverIsProven(int here, int elsewhere)
    {
        foreach (string served in (string[])["one", "other"])
        {
            _store = new MemoryWitnessStore();
            Restart();
            Serve(served);
            await TakeAsync("one", here, _pacific.Party.Partner);
            await TakeAsync("other", elsewhere, _harbour);

            Assert.True(await AskAsync());
            var doubt = Assert.Single(_lineages.Doubts);
            Assert.True(doubt.IsWrong);
            Assert.Contains("does not verify", doubt.ToString(), StringComparison.Ordinal);
            var (owner, kept) = Assert.Single(_store.Unproven);
            Assert.Equal(_pacific.Party.Partner, owner);
            foreach (string note in (string[])[kept.Smaller, kept.Larger]) Assert.True(_home.Directory.TryOpenCheckpoint(owner, note, out _, out _));
            Assert.Equal((Math.Min(here, elsewhere), Math.Max(here, elsewhere)), (Size(kept.Smaller), Size(kept.Larger)));
            Assert.True(UnprovenGrowth.TryParse(kept.ToJson(), out var read) && read == kept);
            Assert.Empty(_watch.Conflicts);
        }
    }

    [Fact]
    public async Task Ask_WrongProofThenARightOne_EndsTheDoubt()
    {
        await TakeAsync("one", 7, _harbour);
        await TakeAsync("one", 9, _harbour);
        _pacific.Prove = request => Proof("other", request);
        await AskAsync();
        Assert.True(Assert.Single(_lineages.Doubts).IsWrong);

        Serve("one");
        await AskAsync();
        Assert.Single(_lineages.Doubts);
        _time.Advance(Patience);
        await AskAsync();
        Assert.Empty(_lineages.Doubts);
        Assert.Single(_store.Unproven);
    }

    [Fact]
    public async Task Ask_MalformedOrEndlessProof_IsAWrongOne()
    {
        await TakeAsync("one", 8, _harbour);
        foreach (int size in (int[])[9, 10])
        {
            Restart();
            _lineages.Add(Held("one", 8, _harbour), isFromOwner: false);
            _lineages.Add(Held("one", size, _harbour), isFromOwner: false);
            _pacific.Prove = _ => new GetConsistencyProofResponse { Proof = { Enumerable.Repeat(Google.Protobuf.ByteString.CopyFrom(new byte[size == 9 ? 31 : 32]), size == 9 ? 1 : 64) } };
            Assert.True(await AskAsync());
            Assert.True(Assert.Single(_lineages.Doubts).IsWrong);
        }
    }

    [Fact]
    public async Task Ask_RefusalWhileTheLogIsThere_IsDoubtedOnceItLasts()
    {
        _pacific.Prove = _ => throw new RpcException(new Status(StatusCode.OutOfRange, "not today"));
        _pacific.Checkpoint = () => new GetCheckpointResponse { CheckpointNote = Note("one", 9) };
        await TakeAsync("one", 7, _harbour);
        await TakeAsync("one", 9, _harbour);
        for (int i = 0; i < 4; i++) Assert.False(await AskAsync());
        Assert.Empty(_lineages.Doubts);

        _time.Advance(Patience);
        Assert.False(await AskAsync());
        var doubt = Assert.Single(_lineages.Doubts);
        Assert.False(doubt.IsWrong);
        Assert.Contains("not today", doubt.ToString(), StringComparison.Ordinal);
        Assert.Empty(_store.Unproven);

        // The proof ends it.
        Serve("one");
        Assert.True(await AskAsync());
        Assert.Empty(_lineages.Doubts);
    }

    [Fact]
    public async Task Ask_RefusalHiddenAsFailure_IsDoubtedWhileTheLogShowsItself()
    {
        _pacific.Prove = _ => throw new RpcException(new Status(StatusCode.Unavailable, "try again"));
        await TakeAsync("one", 7, _harbour);
        await TakeAsync("one", 9, _harbour);
        for (int i = 0; i < 4; i++)
        {
            _time.Advance(Patience / 2);
            // It gives answers with checkpoints all the while.
            await TakeAsync("one", 10 + i, _pacific.Party.Partner);
            Assert.False(await AskAsync());
        }
        Assert.False(Assert.Single(_lineages.Doubts).IsWrong);
    }

    [Fact]
    public async Task Ask_PeerThatIsAwayOrHasLostEntries_IsNotAccused()
    {
        await TakeAsync("one", 7, _harbour);
        await TakeAsync("one", 9, _harbour);
        _pacific.Prove = request => request.NewTreeSize > 8 ? throw new RpcException(new Status(StatusCode.OutOfRange, "must be 1 to 8")) : Proof("one", request);
        _pacific.Checkpoint = () => new GetCheckpointResponse { CheckpointNote = Note("one", 8) };
        for (int i = 0; i < 4; i++, _time.Advance(Patience)) Assert.False(await AskAsync());
        await _pacific.StopAsync();
        for (int i = 0; i < 4; i++, _time.Advance(Patience)) Assert.False(await AskAsync());
        Assert.Empty(_lineages.Doubts);

        await _pacific.RestartAsync();
        Serve("one");
        await Eventually.TrueAsync(() => AskAsync().GetAwaiter().GetResult(), "the peer is back");
        Assert.Empty(_lineages.Waiting);
    }

    [Fact]
    public async Task Load_AfterARestart_ProvesTheNewestFromWhatWasCosigned()
    {
        _store.Cosigned.Add(new WitnessedCheckpoint(Origin, Head("one", 7), Note("one", 7), _time.GetUtcNow().ToUnixTimeSeconds()));
        await TakeAsync("other", 9, _harbour);
        Restart();
        await _watch.LoadAsync(Token);
        await AskAsync();
        Assert.True(Assert.Single(_lineages.Doubts).IsWrong);
    }

    /// <summary>What it has not proven of the lost stretch it cannot prove any more; what it goes on with must begin with what is held of it from before.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Ask_LogOfARestoredPeer_GoesOnFromWhatIsHeldOfIt(bool isTrue)
    {
        await TakeAsync("one", 7, _harbour);
        await TakeAsync("one", 9, _harbour);
        await TakeAsync("one", 12, _harbour);
        var restore = await RestoreAsync(logSize: 10, heldSize: 8, seen: Head("one", 12));
        Assert.True(await AskAsync());
        Assert.Empty(_lineages.Waiting);
        Assert.Equal(0, _asked);

        string history = isTrue ? "one" : "other";
        Serve(history);
        string next = restore.Next.Card.LogKey.Name;
        using var signer = NoteSigner.ImportPkcs8(next, _pacific.Party.Identity.LogSigner.ExportPkcs8());
        string Signed(int size) => Encoding.UTF8.GetString(new Checkpoint(next, size, Head(history, size).Root).Sign(signer).ToBytes());
        // Nothing under the new name is as small as the log was when it was restored.
        Assert.Null(await _watch.TakeAsync(Signed(10), _harbour, Token));
        Assert.NotNull(await _watch.TakeAsync(Signed(11), _harbour, Token));
        Assert.Equal([next], _lineages.Waiting);
        _pacific.Prove = request =>
        {
            Assert.Equal((7, 11), (request.OldTreeSize, request.NewTreeSize));
            return Proof(history, request);
        };
        Assert.True(await _prover.AskAsync(next, Token));
        Assert.Equal(isTrue, _lineages.Doubts.Count == 0);
        Assert.Empty(_watch.Conflicts);

        // After a restart as before, and with what comes of the old name.
        Restart();
        await _watch.LoadAsync(Token);
        await TakeAsync("one", 30, _harbour);
        await _prover.AskAsync(Origin, Token);
        await _prover.AskAsync(next, Token);
        Assert.Equal(isTrue, _lineages.Doubts.Count == 0);
    }

    /// <summary>What was held before the statement came speaks too.</summary>
    [Theory]
    [InlineData(12, 12, "one", "")]
    [InlineData(12, 11, "one", "MoreWasLost")]
    [InlineData(12, 12, "other", "OtherWasSeen")]
    public async Task CheckEnd_OfAStatementThatSaysLessThanIsHeld_IsTold(int heldSize, int seenSize, string history, string told)
    {
        await TakeAsync(history, heldSize, _harbour);
        await _watch.CheckEndAsync(await RestoreAsync(logSize: 10, heldSize: 8, seen: Head("one", seenSize)), Token);
        Assert.Equal(told, string.Join(' ', _told.Names));
    }

    /// <summary>Two histories under the old name are what they were before the restore: a proof against the peer.</summary>
    [Fact]
    public async Task Take_TwoHistoriesUnderTheEndedName_IsAConflict()
    {
        await TakeAsync("one", 12, _harbour);
        await RestoreAsync(logSize: 10, heldSize: 8, seen: Head("one", 12));
        await TakeAsync("other", 12, _harbour);
        Assert.Single(_watch.Conflicts);
    }

    /// <summary>What it says that it still holds it can still prove; of the rest the doubt stays.</summary>
    [Theory, InlineData(9), InlineData(8)]
    public async Task Ask_ADoubtOfBeforeARestore_StaysListedUntilItIsProven(long heldSize)
    {
        await TakeAsync("one", 7, _harbour);
        await TakeAsync("one", 9, _harbour);
        await TakeAsync("one", 12, _harbour);
        _pacific.Prove = request => Proof("other", request);
        await AskAsync();
        Assert.Equal(9, Assert.Single(_lineages.Doubts).Question.Larger.Head.Size);
        await RestoreAsync(logSize: 10, heldSize, seen: Head("one", 12));
        Serve("one");
        _asked = 0;
        await AskAsync();
        Assert.Single(_lineages.Doubts);

        _time.Advance(Patience);
        await AskAsync();
        Assert.Equal(heldSize < 9, _lineages.Doubts.Count == 1);
        Assert.Equal(heldSize < 9 ? 0 : 1, _asked);
    }

    private async Task<KeyEvent> RestoreAsync(long logSize, long heldSize, LogHead seen)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds() - 60);
        var restore = KeyChange.PrepareRestore(_pacific.Party.Folder, logSize, new LogCut(Head("one", (int)logSize).Root, heldSize, at, seen.Size, seen.Root), "disk lost", null, null, null, _time.GetUtcNow());
        Assert.Equal(KeyEventOutcome.Taken, (await _home.Directory.TakeAsync([restore], Token)).Outcome);
        return restore;
    }

    [Fact]
    public void Extended_ByWhatTheWitnessVerified_IsNotAskedAgain()
    {
        _lineages.Add(Held("one", 7, _harbour), isFromOwner: false);
        _lineages.Add(Held("one", 9, _harbour), isFromOwner: false);
        _lineages.Extended(Origin, Head("other", 7), Held("other", 11, _harbour));
        Assert.Equal(9, _lineages.Next(Origin, -1, _time.GetUtcNow())?.Given.Head.Size);
        _lineages.Extended(Origin, Head("one", 7), Held("one", 9, _harbour));
        Assert.Null(_lineages.Next(Origin, -1, _time.GetUtcNow()));
    }

    [Fact]
    public void Add_WithoutEnd_KeepsTheLargestAndIsBounded()
    {
        for (int size = 1; size <= 3 * LogLineages.WaitingMax; size++) _lineages.Add(new HeldCheckpoint(Origin, new LogHead(size, Hash256.Of("x"u8)), "", _harbour, new Epoch(0)), isFromOwner: false);
        var asked = new List<long>();
        while (_lineages.Next(Origin, asked.LastOrDefault(-1), _time.GetUtcNow()) is { } question) asked.Add(question.Given.Head.Size);
        Assert.Equal((LogLineages.WaitingMax, 3 * LogLineages.WaitingMax), (asked.Count, asked[^1]));
    }

    public async ValueTask DisposeAsync()
    {
        _prover.Dispose();
        _channels.Dispose();
        _home.Dispose();
        _atlantic.Dispose();
        await _pacific.DisposeAsync();
    }

    private Task<bool> AskAsync() => _prover.AskAsync(Origin, Token);

    private void Serve(string history) => _pacific.Prove = request => Proof(history, request);

    private GetConsistencyProofResponse Proof(string history, GetConsistencyProofRequest request)
    {
        _asked++;
        var leaves = Leaves(history, (int)request.NewTreeSize);
        var response = new GetConsistencyProofResponse();
        response.Proof.AddRange(ConsistencyProof.Ranges(request.OldTreeSize, request.NewTreeSize).Select(range => MerkleTree.Root(leaves.AsSpan((int)range.Start, (int)range.Length)).ToWire()));
        return response;
    }

    private Task<HeldCheckpoint?> TakeAsync(string history, int size, PartnerId source) => _watch.TakeAsync(Note(history, size), source, Token);

    private HeldCheckpoint Held(string history, int size, PartnerId source) => new(Origin, Head(history, size), Note(history, size), source, Utc.FromDateTime(_time.GetUtcNow()));

    private string Note(string history, int size)
        => Encoding.UTF8.GetString(new Checkpoint(Origin, size, Head(history, size).Root).Sign(_pacific.Party.Identity.LogSigner).ToBytes());

    private long Size(string note) => _home.Directory.TryOpenCheckpoint(_pacific.Party.Partner, note, out var checkpoint, out _) ? checkpoint.Size : -1;

    private static LogHead Head(string history, int size) => new(size, MerkleTree.Root(Leaves(history, size)));

    /// <summary>The histories part after five entries.</summary>
    private static Hash256[] Leaves(string history, int size)
        => [.. Enumerable.Range(0, size).Select(i => MerkleHash.Leaf(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(i < 5 ? "" : history)} {i}"))))];

    /// <summary>What was told, by the name of its event.</summary>
    private sealed class EventNames : ILogger<CheckpointWatch>
    {
        private readonly List<string> _names = [];

        public IReadOnlyList<string> Names => _names;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _names.Add(eventId.Name!);
    }
}
