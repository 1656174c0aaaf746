using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests.Log;

/// <summary>ssa log on a log that is not ours.</summary>
public sealed class ForeignLogTests
{
    [Theory]
    [InlineData(1, 0), InlineData(2, 1), InlineData(255, 255), InlineData(256, 100), InlineData(257, 256), InlineData(3_000, 700), InlineData(70_000, 65_540)]
    public async Task Verify_AnothersLog_HoldsWithItsWitnessesAndItsPast(int size, int older)
    {
        using var log = await ForeignLog.MakeAsync(size, older);
        await EndsAsync(0, $"Each of {size} entries", "log", "verify", log.Log, "--key", log.Key, "--witness-policy", log.In("two.policy"), "--since", log.In("older.checkpoint"));
    }

    [Fact]
    public async Task Verify_WithoutAKey_TakesTheLogThatThePolicyNames()
    {
        using var log = await ForeignLog.MakeAsync(3, 1);
        await EndsAsync(0, "2 of (w0, w1, w2)", "log", "verify", log.Log, "--witness-policy", log.In("two.policy"));
        await EndsAsync(2, "--key", "log", "verify", log.Log);
    }

    [Fact]
    public async Task Verify_QuorumThatIsMissed_Ends6AndSaysWhatThatMeans()
    {
        using var log = await ForeignLog.MakeAsync(3, 1);
        await EndsAsync(6, "another history", "log", "verify", log.Log, "--key", log.Key, "--witness-policy", log.In("three.policy"));
    }

    [Theory]
    [InlineData("tile/0/000"), InlineData("tile/0/007"), InlineData("tile/1/000.p/11"), InlineData("tile/0/011.p/184"), InlineData("tile/entries/003"), InlineData("tile/entries/011.p/184")]
    public async Task Verify_AByteChangedOnDisk_Ends6AndNamesTheFile(string path)
    {
        using var log = await ForeignLog.MakeAsync(3_000, 1);
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(log.Log, path), TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(log.Log, path), bytes, TestContext.Current.CancellationToken);
        await EndsAsync(6, path, "log", "verify", log.Log, "--key", log.Key);
        File.Delete(Path.Combine(log.Log, path));
        await EndsAsync(6, path, "log", "verify", log.Log, "--key", log.Key);
    }

    [Fact]
    public async Task Verify_Json_HasTheSteps()
    {
        using var log = await ForeignLog.MakeAsync(300, 1);
        var end = await EndsAsync(0, "\"succeeded\": true", "log", "verify", log.Log, "--witness-policy", log.In("two.policy"), "--json");
        using var json = System.Text.Json.JsonDocument.Parse(end.Output);
        Assert.Equal(["checkpoint", "cosignatures", "right edge", "tiles", "entries"], json.RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        Assert.Equal(["witness0.example", "witness2.example"], json.RootElement.GetProperty("cosignatures").EnumerateArray().Select(one => one.GetProperty("witness").GetString()));
    }

    [Fact]
    public async Task Export_OfAGrowingLog_IsALogThatHoldsAndReadsOnlyWhatIsNew()
    {
        using var log = await ForeignLog.MakeAsync(70_000, 1);
        string copy = log.In("copy");
        await EndsAsync(0, "Each of 70000 entries", "log", "export", log.Log, "--key", log.Key, "--out", copy);
        await EndsAsync(0, "Each of 70000 entries", "log", "verify", copy, "--key", log.Key);

        await log.GrowAsync(70_600, 70_000);
        // What was copied before is not read again.
        File.Delete(Path.Combine(log.Log, "tile/entries/100"));
        File.Delete(Path.Combine(log.Log, "tile/0/100"));
        await EndsAsync(0, "up to 70600", "log", "export", log.Log, "--key", log.Key, "--out", copy);
        await EndsAsync(0, "Each of 70600 entries", "log", "verify", copy, "--key", log.Key, "--since", log.In("older.checkpoint"));
        Assert.Empty(Directory.GetFiles(copy, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Export_OfALogThatDoesNotHold_LeavesTheOldCopy()
    {
        using var log = await ForeignLog.MakeAsync(600, 1);
        string copy = log.In("copy");
        await EndsAsync(0, "", "log", "export", log.Log, "--key", log.Key, "--out", copy);
        await log.GrowAsync(900, 600);
        File.Copy(Path.Combine(log.Log, "tile/0/001"), Path.Combine(log.Log, "tile/0/002"), overwrite: true);
        await EndsAsync(6, "tile/0/002", "log", "export", log.Log, "--key", log.Key, "--out", copy);
        await EndsAsync(0, "Each of 600 entries", "log", "verify", copy, "--key", log.Key);

        await log.GrowAsync(900, 600);
        await EndsAsync(0, "", "log", "export", log.Log, "--key", log.Key, "--out", copy);
        await EndsAsync(0, "Each of 900 entries", "log", "verify", copy, "--key", log.Key);
    }

    [Fact]
    public async Task CheckProof_OfAnothersTool_HoldsForItsEntryAlone()
    {
        using var log = await ForeignLog.MakeAsync(3_000, 1);
        string[] words = ["log", "check-proof", log.In("entry.tlog-proof"), "--key", log.Key, "--witness-policy", log.In("two.policy"), "--entry"];
        await EndsAsync(0, $"index {log.Index} of the 3000", [.. words, log.In("entry.bin")]);
        await EndsAsync(6, "never logged", [.. words, log.In("two.policy")]);
        await EndsAsync(6, "not", "log", "check-proof", log.In("entry.bin"), "--key", log.Key, "--entry", log.In("entry.bin"));
    }

    [Fact]
    public async Task Prove_AnyEntry_IsWhatTheOtherToolWrites()
    {
        using var log = await ForeignLog.MakeAsync(3_000, 1);
        await EndsAsync(0, "", "log", "prove", $"{log.Index}", log.Log, "--key", log.Key, "--out", log.In("ours.tlog-proof"));
        string theirs = await File.ReadAllTextAsync(log.In("entry.tlog-proof"), TestContext.Current.CancellationToken);
        Assert.Equal(theirs.Replace("extra bW9yZQ==\n", "", StringComparison.Ordinal), await File.ReadAllTextAsync(log.In("ours.tlog-proof"), TestContext.Current.CancellationToken));
        await EndsAsync(6, "There is no entry 3000", "log", "prove", "3000", log.Log, "--key", log.Key, "--out", log.In("none.tlog-proof"));
        Assert.False(File.Exists(log.In("none.tlog-proof")));
    }

    private static async Task<ProgramEnd> EndsAsync(int exitCode, string says, params string[] words)
    {
        var end = await SsaProcess.RunAsync(words);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, (end.Output + end.Errors).ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
        return end;
    }
}
