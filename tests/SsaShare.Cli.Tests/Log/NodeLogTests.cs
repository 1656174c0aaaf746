using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests.Log;

/// <summary>ssa log on a running node's log, over HTTPS.</summary>
[Collection(CliTests.Name)]
public sealed class NodeLogTests(CliFixture cli)
{
    private string Dir => cli.Node.Folder.Path;

    [Fact]
    public Task Verify_OwnNode_Holds() => EndsAsync(0, "is the one in the tree", "log", "verify", "--dir", Dir);

    [Fact]
    public Task Verify_AsTheOperatorOfAPinnedPeer_Holds() => EndsAsync(0, "is the one in the tree", "log", "verify", "--card", cli.Node.Folder.CardFile, "--dir", cli.Pacific.Folder.Path);

    [Fact]
    public async Task Verify_AsAnAuditor_HoldsFromWhenTheOperatorLetsThemIn()
    {
        string key = cli.In("tile-reader.pem");
        string[] verify = ["log", "verify", "--card", cli.Node.Folder.CardFile, "--cert", key];
        await EndsAsync(0, "", "auditor", "key", "--name", "tile-reader", "--out", key);
        await EndsAsync(4, "No pinned node card", verify);
        await EndsAsync(0, "", "auditor", "add", "--dir", Dir, "--name", "tile-reader", "--cert", key);
        await EndsAsync(0, "is the one in the tree", verify);
    }

    [Fact]
    public Task Verify_AsNobody_Is4AndSaysWhatToDo() => EndsAsync(4, "certificate", "log", "verify", "--card", cli.Node.Folder.CardFile);

    [Fact]
    public Task Verify_AsAStranger_Is4AndSaysWhatToDo() => EndsAsync(4, "add your card", "log", "verify", "--card", cli.Node.Folder.CardFile, "--dir", cli.Stranger.Folder.Path);

    [Fact]
    public Task Verify_ServerOfAnotherKey_Is4() => EndsAsync(4, "not believed", "log", "verify", $"{cli.Node.Card.Card.Endpoint}log", "--card", cli.Pacific.Folder.CardFile, "--dir", Dir);

    [Fact]
    public Task Verify_ServerWithoutPinOrCard_IsBelievedOnlyWithAnAuthority() => EndsAsync(4, "its card or pin", "log", "verify", $"{cli.Node.Card.Card.Endpoint}log", "--key", $"{cli.Node.Card.Card.LogKey}", "--dir", Dir);

    [Fact]
    public Task Verify_NodeThatDoesNotRun_Is7() => EndsAsync(7, "refused", "log", "verify", "--dir", cli.Pacific.Folder.Path);

    [Fact]
    public async Task Export_OwnNode_IsATiledLogOnDiskOfWhichEntriesAreProved()
    {
        string copy = cli.In("atlantic-log");
        await EndsAsync(0, "", "log", "export", "--dir", Dir, "--out", copy);
        await cli.Node.PublishAsync(TdmFile.Random(3, new Random(9)));
        await EndsAsync(0, "", "log", "export", "--dir", Dir, "--out", copy);
        await EndsAsync(0, "is the one in the tree", "log", "verify", copy, "--key", $"{cli.Node.Card.Card.LogKey}");

        string proof = cli.In("2.tlog-proof"), entry = cli.In("entry.bin");
        await EndsAsync(0, "", "log", "prove", "2", "--dir", Dir, "--out", proof);
        await File.WriteAllBytesAsync(entry, Commitment(copy, 2), TestContext.Current.CancellationToken);
        await EndsAsync(0, "stands at index 2", "log", "check-proof", proof, "--card", cli.Node.Folder.CardFile, "--entry", entry);
        await File.WriteAllBytesAsync(entry, Commitment(copy, 1), TestContext.Current.CancellationToken);
        await EndsAsync(6, "It is not shown", "log", "check-proof", proof, "--card", cli.Node.Folder.CardFile, "--entry", entry);
    }

    /// <summary>An entry as the copy's first bundle holds it: 2 bytes of length and 32 of commitment each.</summary>
    private static byte[] Commitment(string copy, int index)
        => File.ReadAllBytes(Directory.GetFiles(Path.Combine(copy, "tile/entries"), "*", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!).AsSpan(34 * index + 2, 32).ToArray();

    private static async Task EndsAsync(int exitCode, string says, params string[] words)
    {
        var end = await CliFixture.SsaAsync(words);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, (end.Output + end.Errors).ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
    }
}
