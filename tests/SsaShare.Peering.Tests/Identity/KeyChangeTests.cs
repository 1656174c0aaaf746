using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Peering.Tests;

public sealed class KeyChangeTests : IDisposable
{
    private static readonly KeyChangeRequest Everything = new(true, true, true, true, true, null, "planned");
    private readonly ManualTime _time = new();
    private readonly MemoryPeerStore _store = new();
    private readonly Party _atlantic;

    public KeyChangeTests() => _atlantic = Party.Create("atlantic", _time);

    public void Dispose() => _atlantic.Dispose();

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Finish_BrokenOffAfterAnyStep_GoesOnWhereItWas(int steps)
    {
        var made = Prepare(Everything);
        string[] order = ["signing.pem", "log.pem", "witness.pem", "tls.pem", "recovery.pem"];
        foreach (string name in order.Take(steps)) File.Move(Path.Combine(_atlantic.Folder.NextKeysFolder, name), Path.Combine(_atlantic.Folder.NextKeysFolder, "..", name), overwrite: true);
        if (steps > order.Length) File.Move(Path.Combine(_atlantic.Folder.NextKeysFolder, "node-card.json"), _atlantic.Folder.CardFile, overwrite: true);

        Assert.Equal(made.Effective, KeyChange.Finish(_atlantic.Folder));
        Assert.Equal(made.Effective, KeyChange.Finish(_atlantic.Folder));
        using var changed = NodeIdentity.Load(_atlantic.Folder);
        Assert.Equal(made.Next.Id, changed.Card.Id);
        Assert.Equal([_atlantic.Card.Id, made.Next.Id], changed.Keys.Cards.Select(card => card.Id));
        Assert.Equal(made.Id, (await RecordAsync(changed))?.Id);
        Assert.Null(await RecordAsync(changed));
        Assert.Null(KeyChange.Finish(_atlantic.Folder));
        Assert.False(Directory.Exists(_atlantic.Folder.NextKeysFolder));
        Assert.Equal(made.Id, Assert.Single(await _store.ListKeyEventsAsync(CancellationToken.None)).Id);

        // The next change counts on, and is signed by the new recovery key.
        var second = Prepare(Everything with { Reason = "again" });
        Assert.Equal((2, made.Next.Id), (second.Sequence, second.Previous.Id));
    }

    [Fact]
    public void Prepare_UntilTheNextStart_LeavesTheKeysInUse()
    {
        Prepare(Everything);
        using var still = NodeIdentity.Load(_atlantic.Folder);
        Assert.Equal(_atlantic.Card.Id, still.Card.Id);
        Assert.Throws<InvalidDataException>(() => Prepare(Everything));
    }

    [Fact]
    public void Prepare_OnlySomeKeys_KeepsTheOthers()
    {
        var made = Prepare(new KeyChangeRequest(false, true, false, false, false, null, "log only"));
        var (before, after) = (_atlantic.Card.Card, made.Next.Card);
        Assert.NotEqual(before.LogKey, after.LogKey);
        Assert.Equal((before.SigningKey, before.WitnessKey, before.RecoveryKey, before.TlsPins[0]), (after.SigningKey, after.WitnessKey, after.RecoveryKey, after.TlsPins[0]));
        KeyChange.Finish(_atlantic.Folder);
        using var changed = NodeIdentity.Load(_atlantic.Folder);
        Assert.Equal(after.LogKey, changed.LogSigner.Verifier);
    }

    [Fact]
    public async Task Prepare_AfterACheckpoint_NamesItsSize()
    {
        await _atlantic.Folder.KeepCheckpointAsync(System.Text.Encoding.UTF8.GetString(
            new Checkpoint(_atlantic.Identity.LogSigner.Name, 42, Hash256.Of("root"u8)).Sign(_atlantic.Identity.LogSigner).ToBytes()), CancellationToken.None);
        Assert.Equal(42, Prepare(Everything).LogSize);
    }

    [Fact]
    public void Prepare_WithTheSigningKeyInThePlaceOfTheRecoveryKey_IsRefused()
        => Assert.Throws<KeyFileException>(() => KeyChange.Prepare(_atlantic.Folder, Everything, _atlantic.Folder.SigningKeyFile, null, null, _time.GetUtcNow()));

    [Fact]
    public async Task Record_TheFolderOfBeforeOverTheStoreOfNow_RefusesToStart()
    {
        await RecordAsync(_atlantic.Identity);
        Prepare(Everything);
        KeyChange.Finish(_atlantic.Folder);
        using var changed = NodeIdentity.Load(_atlantic.Folder);
        await RecordAsync(changed);
        await Assert.ThrowsAsync<InvalidDataException>(() => RecordAsync(_atlantic.Identity));
    }

    /// <summary>Its log extends what was signed, or the node would not have come so far: the store was restored, and nothing was signed since.</summary>
    [Fact]
    public async Task Record_TheFolderOfNowOverTheStoreOfBefore_RecordsWhatItLacks()
    {
        await RecordAsync(_atlantic.Identity);
        var first = Prepare(Everything);
        KeyChange.Finish(_atlantic.Folder);
        using (var once = NodeIdentity.Load(_atlantic.Folder)) await RecordAsync(once);
        var second = Prepare(Everything);
        KeyChange.Finish(_atlantic.Folder);
        using var twice = NodeIdentity.Load(_atlantic.Folder);
        await RecordAsync(twice);

        foreach (bool isEmpty in new[] { false, true })
        {
            var old = new MemoryPeerStore();
            if (!isEmpty) await old.KeepOwnAsync(_atlantic.Card, CancellationToken.None);
            Assert.Null(await OwnKeys.RecordAsync(_atlantic.Folder, twice, old, CancellationToken.None));
            Assert.Equal([_atlantic.Card.Id], (await old.ListAsync(CancellationToken.None)).Select(card => card.Id));
            Assert.Equal([first.Id, second.Id], (await old.ListKeyEventsAsync(CancellationToken.None)).Select(one => one.Id));
        }
    }

    /// <summary>A store of another node, and one that knows another change of the same card: both stay as they are, and so does what waits.</summary>
    [Fact]
    public async Task Record_OverAStoreThatTellsAnotherHistory_WritesNothing()
    {
        using var other = Party.Create("atlantic", _time);
        var foreign = new MemoryPeerStore();
        await foreign.KeepOwnAsync(other.Card, CancellationToken.None);
        var elsewhere = Prepare(Everything with { Reason = "in another copy of the folder" });
        Directory.Delete(_atlantic.Folder.NextKeysFolder, recursive: true);
        await _store.KeepOwnAsync(_atlantic.Card, CancellationToken.None);
        await _store.SaveKeyEventAsync(elsewhere, isOwn: true, CancellationToken.None);

        Prepare(Everything);
        KeyChange.Finish(_atlantic.Folder);
        using var changed = NodeIdentity.Load(_atlantic.Folder);
        await Assert.ThrowsAsync<InvalidDataException>(() => OwnKeys.RecordAsync(_atlantic.Folder, changed, foreign, CancellationToken.None));
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => RecordAsync(changed));
        Assert.Contains("two changes", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await foreign.ListKeyEventsAsync(CancellationToken.None));
        Assert.Equal(elsewhere.Id, Assert.Single(await _store.ListKeyEventsAsync(CancellationToken.None)).Id);
        Assert.True(File.Exists(_atlantic.Folder.NextEventFile));
    }

    [Fact]
    public async Task PrepareRestore_ThenAStart_GoesOnUnderTheNextNameWithTheSameKeys()
    {
        await RecordAsync(_atlantic.Identity);
        var made = PrepareRestore(40, seenSize: 57);
        using (var still = NodeIdentity.Load(_atlantic.Folder)) Assert.Equal(_atlantic.Card.Id, still.Card.Id);
        Assert.Equal(made.Effective, KeyChange.Finish(_atlantic.Folder));
        using var restored = NodeIdentity.Load(_atlantic.Folder);
        Assert.Equal($"{_atlantic.Identity.LogSigner.Name}/2", restored.LogSigner.Name);
        Assert.Equal(40, restored.Keys.LogBegin);
        var (before, after) = (_atlantic.Card.Card, restored.Card.Card);
        Assert.Equal((before.SigningKey, before.WitnessKey, before.RecoveryKey, before.TlsPins[0]), (after.SigningKey, after.WitnessKey, after.RecoveryKey, after.TlsPins[0]));
        Assert.True(before.LogKey.PublicKey.SequenceEqual(after.LogKey.PublicKey));
        Assert.Equal(made.Id, (await RecordAsync(restored))?.Id);
        Assert.Null(await RecordAsync(restored));
    }

    /// <summary>What the folder still holds is of the name before, and of more entries than the log has.</summary>
    [Fact]
    public async Task Prepare_AfterARestoreAndBeforeAnythingIsSigned_CountsFromTheRestore()
    {
        await RecordAsync(_atlantic.Identity);
        File.WriteAllBytes(_atlantic.Folder.CheckpointFile, new Checkpoint(_atlantic.Identity.LogSigner.Name, 57, Hash256.Of("seen"u8)).Sign(_atlantic.Identity.LogSigner).ToBytes());
        PrepareRestore(40, seenSize: 57);
        KeyChange.Finish(_atlantic.Folder);
        using (var restored = NodeIdentity.Load(_atlantic.Folder)) await RecordAsync(restored);
        Assert.Equal(40, Prepare(Everything).LogSize);
    }

    /// <summary>The database goes back once more, before or after the start that carries the first statement out.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task PrepareRestore_AnotherBackupBeforeTheFirstStatementIsWrittenDown_IsFollowed(bool isFinished)
    {
        await RecordAsync(_atlantic.Identity);
        var first = PrepareRestore(40, seenSize: 57);
        if (isFinished) KeyChange.Finish(_atlantic.Folder);
        var second = PrepareRestore(30, seenSize: 57);
        KeyChange.Finish(_atlantic.Folder);
        using var restored = NodeIdentity.Load(_atlantic.Folder);
        Assert.Equal(isFinished ? [first.Id, second.Id] : new[] { second.Id }, restored.Keys.Events.Select(one => one.Id));
        Assert.Equal(second.Id, (await RecordAsync(restored))?.Id);
        Assert.Equal(restored.Keys.Events.Select(one => one.Id), (await _store.ListKeyEventsAsync(CancellationToken.None)).Select(one => one.Id));
    }

    [Fact]
    public void PrepareRestore_WhileKeysWaitOrWithoutTheRecoveryKey_IsRefused()
    {
        Assert.Throws<KeyFileException>(() => KeyChange.PrepareRestore(_atlantic.Folder, 40, Cut(40, 57), "disk lost", _atlantic.Folder.SigningKeyFile, null, null, _time.GetUtcNow()));
        Assert.Throws<FormatException>(() => PrepareRestore(40, seenSize: 40));
        Assert.False(File.Exists(_atlantic.Folder.NextEventFile));
        Prepare(Everything);
        Assert.Throws<InvalidDataException>(() => PrepareRestore(40, seenSize: 57));
    }

    [Fact]
    public void Renew_DatedBetweenCompromiseAndRevocation_IsSignedAgainAndNothingElseIs()
    {
        var now = _time.GetUtcNow();
        var documents = new[] { -20, -5 }.Select(minutes => SignedDocument.Sign(_atlantic.Identity.SigningKey, DocumentContexts.Publication, DocumentJson.Write(
            new PublicationDocument(DocumentContexts.Publication.Text, _atlantic.Partner, 1, Hash256.Of("root"u8), Domain.Utc.FromDateTime(now.AddMinutes(minutes)))))).ToList();
        Prepare(Everything with { CompromisedSince = now.AddMinutes(-10) });
        KeyChange.Finish(_atlantic.Folder);
        using var changed = NodeIdentity.Load(_atlantic.Folder);
        Assert.Same(documents[0], changed.Renew<PublicationDocument>(documents[0], DocumentContexts.Publication));
        var renewed = changed.Renew<PublicationDocument>(documents[1], DocumentContexts.Publication);
        Assert.Equal((documents[1].Id, changed.SigningKey.Id), (renewed.Id, renewed.KeyId));
        Assert.True(renewed.Verify(changed.Card.Card.SigningKey, DocumentContexts.Publication));
    }

    private KeyEvent Prepare(KeyChangeRequest request) => KeyChange.Prepare(_atlantic.Folder, request, null, null, null, _time.GetUtcNow());

    private KeyEvent PrepareRestore(long size, long seenSize) => KeyChange.PrepareRestore(_atlantic.Folder, size, Cut(size, seenSize), "disk lost", null, null, null, _time.GetUtcNow());

    private LogCut Cut(long size, long seenSize) => new(Hash256.Of("restored"u8), size, DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds() - 60), seenSize, Hash256.Of("seen"u8));

    private Task<KeyEvent?> RecordAsync(NodeIdentity identity) => OwnKeys.RecordAsync(_atlantic.Folder, identity, _store, CancellationToken.None);
}
