using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node.Tests;

public sealed class CheckpointSignerTests : IDisposable
{
    private readonly Party _atlantic = Party.Create("atlantic", new ManualTime());
    private readonly MemoryNodeLog _log = new();
    private CheckpointSigner _signer;

    public CheckpointSignerTests() => _signer = NewSigner();

    [Fact]
    public async Task Sign_EmptyLog_IsACheckpointOfSizeZero() => Assert.Equal(_log.Head, Open(await SignAsync()));

    [Fact]
    public async Task Sign_SameHeadTwice_IsSignedOnce()
    {
        _log.Grow("a", "b");
        Assert.Equal(await SignAsync(), await SignAsync());
        Assert.Single(_log.Checkpoints);
    }

    [Fact]
    public async Task Sign_LogThatGrew_IsSignedAtEachSize()
    {
        for (int size = 1; size <= 9; size++)
        {
            _log.Grow($"entry {size}");
            Assert.Equal(_log.Head, Open(await SignAsync()));
            if (size % 3 == 0) Restart();
        }
        Assert.Equal(_log.Head, _log.Checkpoints[^1].Head);
    }

    [Fact]
    public async Task Sign_Checkpoint_IsInTheFileBeforeItIsInTheStore()
    {
        string? inFile = null;
        _log.Grow("a");
        _log.BeforeSaving = _ => inFile = File.ReadAllText(_atlantic.Folder.CheckpointFile);
        Assert.Equal(await SignAsync(), inFile);
    }

    [Fact]
    public async Task Sign_StoreFailsToSave_TheNextTrySigns()
    {
        _log.Grow("a");
        _log.BeforeSaving = _ => throw new TimeoutException("The store is away.");
        await Assert.ThrowsAsync<TimeoutException>(SignAsync);
        _log.BeforeSaving = _ => { };
        Assert.Equal(_log.Head, Open(await SignAsync()));
    }

    public static TheoryData<string, bool> Backups
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string kind in new[] { "smaller", "same size", "grown past", "grown past by one" })
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Backups))]
    public async Task Sign_StoreOfAnOldBackup_RefusesAndSignsNothingMore(string kind, bool restarted)
    {
        _log.Grow("a", "b", "c", "d", "e");
        string signed = await SignAsync();
        _log.RestoreTo(3);
        _log.Grow(kind switch { "smaller" => ["x"], "same size" => ["x", "y"], "grown past by one" => ["x", "y", "z"], _ => [.. "stuvwxyz".Select(c => c.ToString())] });
        if (restarted) Restart();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            var refusal = await Assert.ThrowsAsync<InvalidDataException>(SignAsync);
            Assert.Contains("old backup", refusal.Message, StringComparison.Ordinal);
        }
        Assert.Single(_log.Checkpoints);
        Assert.Equal(signed, File.ReadAllText(_atlantic.Folder.CheckpointFile));
    }

    [Fact]
    public async Task Sign_StoreRestoredToWhatExtendsTheCheckpoint_SignsOn()
    {
        _log.Grow("a", "b", "c");
        await SignAsync();
        _log.Grow("d", "e");
        _log.RestoreTo(4);
        Restart();
        Assert.Equal(_log.Head, Open(await SignAsync()));
    }

    /// <summary>The operator has said under the recovery key that the backup is the newest: it goes on under the next name, from what the statement names and nothing else.</summary>
    [Theory, InlineData("as restored"), InlineData("empty folder"), InlineData("another backup"), InlineData("smaller")]
    public async Task Sign_AfterTheStatementOfARestore_GoesOnUnderTheNextName(string kind)
    {
        _log.Grow("a", "b", "c", "d", "e");
        await SignAsync();
        var seen = _log.Head;
        _log.RestoreTo(3);
        var made = KeyChange.PrepareRestore(_atlantic.Folder, 3, new LogCut(_log.Head.Root, 3, DateTimeOffset.UnixEpoch, seen.Size, seen.Root), "disk lost", null, null, null, TimeProvider.System.GetUtcNow());
        KeyChange.Finish(_atlantic.Folder);
        using var restored = NodeIdentity.Load(_atlantic.Folder);
        if (kind == "empty folder") File.Delete(_atlantic.Folder.CheckpointFile);
        if (kind is "another backup" or "smaller") _log.RestoreTo(2);
        if (kind == "another backup") _log.Grow("x");
        using var signer = new CheckpointSigner(restored, _atlantic.Folder, _log, NullLogger<CheckpointSigner>.Instance);
        if (kind is "another backup" or "smaller")
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => signer.CheckAsync(CancellationToken.None));
            return;
        }
        await signer.CheckAsync(CancellationToken.None);
        _log.Grow("the statement");
        string note = await signer.SignAsync(CancellationToken.None);
        Assert.True(Checkpoint.TryOpen(Encoding.UTF8.GetBytes(note), made.Next.Card.LogKey, out var checkpoint, out string? fault), fault);
        Assert.Equal((4, $"{_atlantic.Identity.LogSigner.Name}/2"), (checkpoint.Size, checkpoint.Origin));
        _log.RestoreTo(3);
        using var again = new CheckpointSigner(restored, _atlantic.Folder, _log, NullLogger<CheckpointSigner>.Instance);
        await Assert.ThrowsAsync<InvalidDataException>(() => again.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Sign_FileOfAnotherNode_IsRefused()
    {
        using var pacific = Party.Create("pacific", new ManualTime());
        _log.Grow("a");
        using (var theirs = new CheckpointSigner(pacific.Identity, pacific.Folder, _log, NullLogger<CheckpointSigner>.Instance)) await theirs.SignAsync(CancellationToken.None);
        File.Copy(pacific.Folder.CheckpointFile, _atlantic.Folder.CheckpointFile);
        await Assert.ThrowsAsync<InvalidDataException>(SignAsync);
    }

    public void Dispose()
    {
        _signer.Dispose();
        _atlantic.Dispose();
    }

    private Task<string> SignAsync() => _signer.SignAsync(CancellationToken.None);

    private CheckpointSigner NewSigner() => new(_atlantic.Identity, _atlantic.Folder, _log, NullLogger<CheckpointSigner>.Instance);

    private void Restart()
    {
        _signer.Dispose();
        _signer = NewSigner();
    }

    private LogHead Open(string note)
    {
        Assert.True(Checkpoint.TryOpen(Encoding.UTF8.GetBytes(note), _atlantic.Card.Card.LogKey, out var checkpoint, out string? fault), fault);
        return new LogHead(checkpoint.Size, checkpoint.Root);
    }
}
