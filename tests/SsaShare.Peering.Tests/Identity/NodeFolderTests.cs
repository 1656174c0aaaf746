namespace SsaShare.Peering.Tests;

public sealed class NodeFolderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ssashare-");
    private readonly NodeFolder _folder;

    public NodeFolderTests() => _folder = new NodeFolder(_directory.FullName);

    [Fact]
    public async Task ReadCheckpoint_NothingSigned_IsNull() => Assert.Null(await _folder.ReadCheckpointAsync(CancellationToken.None));

    [Fact]
    public async Task KeepCheckpoint_ShorterAfterLonger_TheNewestIsReadWhole()
    {
        await _folder.KeepCheckpointAsync("a checkpoint of some length\n", CancellationToken.None);
        await _folder.KeepCheckpointAsync("a shorter one\n", CancellationToken.None);
        Assert.Equal("a shorter one\n", await _folder.ReadCheckpointAsync(CancellationToken.None));
        Assert.Equal([_folder.CheckpointFile], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task KeepCheckpoint_GivenUp_LeavesTheOneBefore()
    {
        await _folder.KeepCheckpointAsync("before\n", CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.KeepCheckpointAsync("after\n", new CancellationToken(canceled: true)));
        Assert.Equal("before\n", await _folder.ReadCheckpointAsync(CancellationToken.None));
    }

    [Fact]
    public async Task KeepCheckpoint_OverTheDraftOfACrash_ReplacesIt()
    {
        await File.WriteAllTextAsync($"{_folder.CheckpointFile}.new", "half of a check");
        await _folder.KeepCheckpointAsync("whole\n", CancellationToken.None);
        Assert.Equal("whole\n", await _folder.ReadCheckpointAsync(CancellationToken.None));
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
