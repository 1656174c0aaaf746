using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node.Tests;

/// <summary>A witness and a peer that signs with its log key whatever it likes.</summary>
public sealed class WitnessServerTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly MemoryWitnessStore _store = new();
    private readonly Party _atlantic, _pacific;
    private readonly ServiceProvider _services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public WitnessServerTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<TimeProvider>(_time).AddSingleton(_ => _atlantic.Identity).AddSingleton<IPeerStore>(new MemoryPeerStore())
            .AddSingleton<INodeLog>(new MemoryNodeLog()).AddSingleton<IWitnessStore>(_store).AddPeering().AddSingleton<WitnessServer>().BuildServiceProvider();
    }

    private CheckpointWatch Watch => _services.GetRequiredService<CheckpointWatch>();
    private SigningPermit Permit => _services.GetRequiredService<SigningPermit>();
    private string Origin => _pacific.Identity.LogSigner.Name;

    public async ValueTask InitializeAsync()
    {
        Assert.Null(await _services.GetRequiredService<PeerDirectory>().TryAddAsync(_pacific.Card, Token));
        Permit.Grant();
    }

    [Fact]
    public async Task AddCheckpoint_BeforeItIsKnownWhetherTheNodeWentBack_IsNotCosignedAndCanStillBeRead()
    {
        Assert.Equal(200, (await SubmitAsync(0, Note(5, "one"))).Status);
        await using var again = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time).AddSingleton(_ => _atlantic.Identity).AddSingleton(_services.GetRequiredService<PeerDirectory>())
            .AddSingleton<INodeLog>(new MemoryNodeLog()).AddSingleton<IWitnessStore>(_store).AddPeering().AddSingleton<WitnessServer>().BuildServiceProvider();
        var server = again.GetRequiredService<WitnessServer>();
        Assert.Equal(503, (await server.AddCheckpointAsync(new AddCheckpointRequest(5, [], Note(5, "one")).ToBytes(), null, Token)).Status);
        Assert.NotNull(await server.GetCheckpointAsync(WitnessClient.HashOf(Origin), Token));
        again.GetRequiredService<SigningPermit>().Grant();
        Assert.Equal(200, (await server.AddCheckpointAsync(new AddCheckpointRequest(5, [], Note(5, "one")).ToBytes(), null, Token)).Status);
        Assert.True(again.GetRequiredService<SigningPermit>().Refuse("An old backup."));
        Assert.Equal(503, (await server.AddCheckpointAsync(new AddCheckpointRequest(5, [], Note(5, "one")).ToBytes(), null, Token)).Status);
    }

    /// <summary>Two of these once made a proof that no one could read, in a log that nobody can shorten.</summary>
    [Fact]
    public async Task AddCheckpoint_OfThousandsOfLines_IsHeldByNobody()
    {
        foreach (string history in new[] { "one", "other" })
        {
            var note = Sign(new Checkpoint(Origin, 5, Root(history), [.. Enumerable.Repeat("a", 30_000)]));
            Assert.Equal(400, (await SubmitAsync(0, note)).Status);
            Assert.Null(await Watch.TakeAsync(note.ToString(), _pacific.Partner, Token));
        }
        Assert.Equal((0, 0, 0), (_store.Held.Count, _store.Documents.Count, Watch.Newest.Count));
        Assert.Equal(200, (await SubmitAsync(0, Sign(new Checkpoint(Origin, 5, Root("one"), [new string('a', 1_000)])))).Status);
    }

    [Fact]
    public async Task AddCheckpoint_OfARestoredPeer_IsCosignedUnderTheNextNameAlone()
    {
        Assert.Equal(200, (await SubmitAsync(0, Note(5, "one"))).Status);
        var (signer, note, proof) = await RestoreAsync();
        using var next = signer;
        var refused = await SubmitAsync(5, Note(5, "one"));
        Assert.Equal(403, refused.Status);
        Assert.Contains($"{Origin}/2", refused.Body, StringComparison.Ordinal);

        // It begins with the log that the statement names, whatever is cosigned of it under this name.
        Assert.Equal(404, (await SubmitAsync(0, new Checkpoint(next.Name, 3, Root("restored")).Sign(next))).Status);
        var other = new Checkpoint(next.Name, 4, Root("restored")).Sign(next);
        var begun = await SubmitAsync(0, other);
        Assert.Equal((409, "3\n"), (begun.Status, begun.Body));
        Assert.Equal(422, (await SubmitAsync(3, other, proof)).Status);
        Assert.Equal(200, (await SubmitAsync(3, note, proof)).Status);
        Assert.Equal(200, (await SubmitAsync(5, note)).Status);
        // What was cosigned under both names can still be asked for.
        var server = _services.GetRequiredService<WitnessServer>();
        foreach (string origin in new[] { Origin, next.Name }) Assert.Contains($"{origin}\n", await server.GetCheckpointAsync(WitnessClient.HashOf(origin), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gossip_OfARestoredPeer_HasTheNameInUseFirst()
    {
        await Watch.TakeAsync(Note(4, "one").ToString(), _pacific.Partner, Token);
        var (signer, note, _) = await RestoreAsync();
        using var next = signer;
        await Watch.TakeAsync(note.ToString(), _pacific.Partner, Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Watch.TakeAsync(Note(6, "one").ToString(), _pacific.Partner, Token);
        Assert.Equal([5L, 6L], Sizes(Watch.Newest));
    }

    /// <summary>Another name is no other allowance.</summary>
    [Fact]
    public async Task Take_OfARestoredPeer_IsHeldAtThePaceOfBothNames()
    {
        var (signer, _, _) = await RestoreAsync();
        using var next = signer;
        for (int size = 10; size < 200; size++)
        {
            await Watch.TakeAsync(Note(size, "one").ToString(), _pacific.Partner, Token);
            await Watch.TakeAsync(new Checkpoint(next.Name, size, Root("one")).Sign(next).ToString(), _pacific.Partner, Token);
        }
        Assert.InRange(_store.Held.Count, 10, 100);
    }

    /// <summary>Nobody gets rid of a proof against their log by a statement that gives it another name.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task AddCheckpoint_OfARestoredPeerThatHadTwoHistories_IsRefusedUntilTheyAreForgiven(bool isForgivenByTheNewName)
    {
        foreach (string history in new[] { "one", "other" }) await Watch.TakeAsync(Note(5, history).ToString(), _pacific.Partner, Token);
        var (signer, note, proof) = await RestoreAsync();
        using var next = signer;
        Assert.True(Watch.IsDistrusted(next.Name));
        Assert.Equal(403, (await SubmitAsync(3, note, proof)).Status);
        Assert.Equal(1, await Watch.ForgiveAsync(isForgivenByTheNewName ? next.Name : Origin, "A test.", Token));
        Assert.False(Watch.IsDistrusted(next.Name));
        Assert.Equal(200, (await SubmitAsync(3, note, proof)).Status);
    }

    [Fact]
    public async Task Conflict_OfTheLongestNotesThatAreHeld_CanBeReadAgain()
    {
        string line = new('"', HeldCheckpoint.TextBytesMax - 200);
        foreach (string history in new[] { "one", "other" })
            Assert.NotNull(await Watch.TakeAsync(Sign(new Checkpoint(Origin, 5, Root(history), line)).ToString(), _pacific.Partner, Token));
        var document = Assert.Single(_store.Documents);
        Assert.True(Misbehaviour.TryParse(document.ToJson(), out var read));
        Assert.True(read.Verify((_, _) => _pacific.Identity.LogSigner.Verifier, out _, out string? fault), fault);
    }

    [Fact]
    public async Task AddCheckpoint_ManyRootsOfManySizes_AreOneConflictUntilItIsForgiven()
    {
        Assert.Equal(200, (await SubmitAsync(0, Note(5, "one"))).Status);
        for (int i = 0; i < 10; i++) Assert.Equal(422, (await SubmitAsync(5, Note(5, $"other {i}"))).Status);
        int held = _store.Held.Count;
        for (int i = 0; i < 100; i++) Assert.Equal(409, (await SubmitAsync(0, Note(6 + i, "one"))).Status);
        Assert.Equal((1, held), (Assert.Single(_store.Documents).Size is 5 ? 1 : 0, _store.Held.Count));
        Assert.True(Watch.IsDistrusted(Origin));

        Assert.Equal(1, await Watch.ForgiveAsync(Origin, "A test.", Token));
        Assert.Equal(422, (await SubmitAsync(5, Note(5, "other 11"))).Status);
        Assert.False(Watch.IsDistrusted(Origin));
    }

    [Fact]
    public async Task AddCheckpoint_AnotherRootThanIsHeldAfterForgiving_IsRefusedAndSaysWhy()
    {
        // Two branches were gossiped here; nothing is cosigned yet.
        foreach (string history in new[] { "one", "other" }) await Watch.TakeAsync(Note(5, history).ToString(), _pacific.Partner, Token);
        Assert.Equal(403, (await SubmitAsync(0, Note(5, "other"))).Status);
        Assert.Equal(1, await Watch.ForgiveAsync(Origin, "A test.", Token));
        var refused = await SubmitAsync(0, Note(5, "other"));
        Assert.Equal((422, "Another root is held here for this size.\n"), (refused.Status, refused.Body));
        Assert.Equal(200, (await SubmitAsync(0, Note(5, "one"))).Status);
    }

    [Fact]
    public async Task Gossip_AfterASizeBeyondAllBounds_GoesOnWithWhatCame()
    {
        Assert.Equal(200, (await SubmitAsync(0, Note(5, "one"))).Status);
        await Watch.TakeAsync(Note(1L << 62, "one").ToString(), _pacific.Partner, Token);
        Assert.Equal([1L << 62, 5L], Sizes(Watch.Newest));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Watch.TakeAsync(Note(9, "one").ToString(), _pacific.Partner, Token);
        Assert.Equal([9L, 5L], Sizes(Watch.Newest));
    }

    [Fact]
    public async Task Take_SignedWithoutEnd_IsHeldAtAPace()
    {
        for (int size = 1; size <= 1_000; size++) await Watch.TakeAsync(Note(size, "one").ToString(), _pacific.Partner, Token);
        Assert.InRange(_store.Held.Count, 10, 100);
        int held = _store.Held.Count;
        _time.Advance(TimeSpan.FromMinutes(1));
        for (int size = 2_000; size <= 3_000; size++) await Watch.TakeAsync(Note(size, "one").ToString(), _pacific.Partner, Token);
        Assert.InRange(_store.Held.Count, held + 1, held + 10);
        // What was not held is still compared with what was.
        await Watch.TakeAsync(Note(1, "other").ToString(), _pacific.Partner, Token);
        Assert.True(Watch.IsDistrusted(Origin));
    }

    [Fact]
    public async Task AddCheckpoint_CosignedWithoutEnd_IsToldToWait()
    {
        int[] answers = new int[150];
        long latest = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            // From size 0 no proof is needed; from others the log would have to be true.
            var leaves = Enumerable.Range(0, i + 1).Select(leaf => MerkleHash.Leaf([(byte)leaf])).ToArray();
            Hash256[] proof = latest == 0 ? [] : [.. ConsistencyProof.Ranges(latest, i + 1).Select(range => MerkleTree.Root(leaves.AsSpan((int)range.Start, (int)range.Length)))];
            answers[i] = (await _services.GetRequiredService<WitnessServer>().AddCheckpointAsync(new AddCheckpointRequest(latest, proof, Sign(new Checkpoint(Origin, i + 1, MerkleTree.Root(leaves)))).ToBytes(), null, Token)).Status;
            if (answers[i] == 200) latest = i + 1;
        }
        Assert.Equal((100, 50), (answers.Count(status => status == 200), answers.Count(status => status == 429)));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    /// <summary>Pacific says that its log of three entries was restored and goes on: five entries under the new name, with the proof from three.</summary>
    private async Task<(NoteSigner Signer, SignedNote Note, Hash256[] Proof)> RestoreAsync()
    {
        var leaves = Enumerable.Range(0, 5).Select(leaf => MerkleHash.Leaf([(byte)leaf])).ToArray();
        var restore = KeyChange.PrepareRestore(_pacific.Folder, 3, new LogCut(MerkleTree.Root(leaves.AsSpan(0, 3)), 3, DateTimeOffset.UnixEpoch, 5, Root("one")), "disk lost", null, null, null, _time.GetUtcNow());
        await _services.GetRequiredService<PeerDirectory>().TakeAsync([restore], Token);
        var signer = NoteSigner.ImportPkcs8($"{Origin}/2", _pacific.Identity.LogSigner.ExportPkcs8());
        return (signer, new Checkpoint(signer.Name, 5, MerkleTree.Root(leaves)).Sign(signer), [.. ConsistencyProof.Ranges(3, 5).Select(range => MerkleTree.Root(leaves.AsSpan((int)range.Start, (int)range.Length)))]);
    }

    private Task<WitnessAnswer> SubmitAsync(long oldSize, SignedNote note, params Hash256[] proof)
        => _services.GetRequiredService<WitnessServer>().AddCheckpointAsync(new AddCheckpointRequest(oldSize, proof, note).ToBytes(), _pacific.Partner, Token);

    private SignedNote Note(long size, string history) => Sign(new Checkpoint(Origin, size, Root(history)));

    private SignedNote Sign(Checkpoint checkpoint) => checkpoint.Sign(_pacific.Identity.LogSigner);

    private static Hash256 Root(string history) => Hash256.Of(Encoding.UTF8.GetBytes(history));

    private static long[] Sizes(IEnumerable<string> notes)
        => [.. notes.Select(note => SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out _) && Checkpoint.TryParse(signed.Text, out var checkpoint) ? checkpoint.Size : -1)];
}
