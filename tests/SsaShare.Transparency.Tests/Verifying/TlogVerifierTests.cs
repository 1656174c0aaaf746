using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Verifying;

public sealed class TlogVerifierTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(255), InlineData(256), InlineData(257), InlineData(511), InlineData(512), InlineData(1_000), InlineData(65_536), InlineData(65_537), InlineData(70_000)]
    public async Task Verify_LogOfASize_Holds(int size)
    {
        using var log = MemoryLog.Of(size);
        TlogVerification found = await VerifyAsync(log);
        Assert.Empty(Failed(found));
        Assert.Equal((size, size), (found.Entries, found.Checkpoint?.Size));
        Assert.Equal(log.Resources.Count, log.Asked.Distinct().Count());
    }

    [Fact]
    public async Task Verify_EverySizeUpTo600_Holds()
    {
        using var log = MemoryLog.Of(0);
        for (int size = 1; size <= 600; size++)
        {
            log.GrowTo(size);
            Assert.Empty(Failed(await VerifyAsync(log)));
        }
    }

    /// <summary>C2SP tlog-tiles: a partial tile may be removed once the full one is there.</summary>
    [Fact]
    public async Task Verify_CheckpointWhosePartialTilesAreGone_HoldsByTheFullOnes()
    {
        using var log = MemoryLog.Of(300);
        byte[] older = log.Resources[TilePath.Checkpoint];
        log.GrowTo(800);
        log.Resources[TilePath.Checkpoint] = older;
        foreach (string path in log.Resources.Keys.Where(path => path.EndsWith(".p/44", StringComparison.Ordinal)).ToArray())
        {
            log.Resources.Remove(path);
        }

        TlogVerification found = await VerifyAsync(log);
        Assert.Empty(Failed(found));
        Assert.Equal(300, found.Entries);
    }

    /// <summary>Whatever single resource is damaged, missing or another's: it is found, and named by its path or as the right edge.</summary>
    [Theory]
    [InlineData("bit"), InlineData("gone"), InlineData("short"), InlineData("long"), InlineData("empty"), InlineData("swapped")]
    public async Task Verify_AnyOneResourceWrong_IsFoundAndNamed(string damage)
    {
        using var log = MemoryLog.Of(256 * 258 + 3);
        var random = new Random(5);
        string[] paths = [.. log.Resources.Keys.Where(path => path != TilePath.Checkpoint)];
        string[] some = [.. paths.Where(path => path.Contains(".p/", StringComparison.Ordinal) || path.StartsWith("tile/1", StringComparison.Ordinal)), .. random.GetItems(paths, 12)];
        foreach (string path in some.Distinct())
        {
            byte[] right = log.Resources[path];
            Damage(log, path, damage, random);
            TlogVerification found = await VerifyAsync(log);
            log.Resources[path] = right;
            VerificationStep fault = Assert.Single(Failed(found));
            Assert.Contains(path, $"{fault.Name} {fault.Explanation}", StringComparison.Ordinal);
            Assert.False(found.Report.Succeeded);
        }
    }

    [Fact]
    public async Task Verify_EntryChanged_NamesItsIndex()
    {
        using var log = MemoryLog.Of(600);
        byte[][] entries = [.. Enumerable.Range(256, 256).Select(MemoryLog.Entry)];
        entries[77][3] ^= 1;
        log.Resources[TilePath.Entries(1)] = EntryBundle.Write([.. entries.Select(entry => (ReadOnlyMemory<byte>)entry)]);
        Assert.Contains("entry 333 ", Assert.Single(Failed(await VerifyAsync(log))).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EverythingGoneButTheEdge_StopsAfterTheMostFaults()
    {
        using var log = MemoryLog.Of(256 * 300 + 1);
        foreach (string path in log.Resources.Keys.Where(path => path.StartsWith("tile/0", StringComparison.Ordinal) && !path.Contains(".p/", StringComparison.Ordinal)).ToArray())
        {
            log.Resources.Remove(path);
        }

        TlogVerification found = await VerifyAsync(log);
        Assert.InRange(Failed(found).Count, TlogVerifier.FaultsMax, TlogVerifier.FaultsMax + 10);
        Assert.InRange(log.Asked.Count, 1, 100);
    }

    [Fact]
    public async Task Verify_OtherKeyOtherOriginOrNoCheckpoint_DoesNotHold()
    {
        using var log = MemoryLog.Of(3);
        using var other = NoteSigner.Generate(log.Key.Name);
        Assert.Equal("checkpoint", Assert.Single(Failed(await VerifyAsync(log, new LogTrust([other.Verifier])))).Name);
        Assert.Equal("checkpoint", Assert.Single(Failed(await VerifyAsync(log, new LogTrust([])))).Name);
        Assert.Equal("checkpoint", Assert.Single(Failed(await VerifyAsync(log, log.Trust with { Origin = "elsewhere.example" }))).Name);
        Assert.Empty(Failed(await VerifyAsync(log, new LogTrust([other.Verifier, log.Key.Verifier]))));
        log.Resources.Remove(TilePath.Checkpoint);
        Assert.Equal("checkpoint", Assert.Single(Failed(await VerifyAsync(log))).Name);
    }

    /// <summary>A log that changed its key after 300 entries: either key counts for its own sizes alone.</summary>
    [Fact]
    public async Task Verify_KeysBySize_EachCountsForItsSizes()
    {
        using var log = MemoryLog.Of(300);
        using var old = NoteSigner.Generate(log.Key.Name);
        SignedNote older = SignedNote.Sign(log.Note.Text, old);
        log.GrowTo(400);
        LogTrust trust = new LogTrust([old.Verifier, log.Key.Verifier]) { KeyOfSize = (_, size) => size <= 300 ? old.Verifier : log.Key.Verifier };
        Assert.Empty(Failed(await new TlogVerifier(log, trust) { Older = older }.VerifyAsync(null, CancellationToken.None)));
        log.Resources[TilePath.Checkpoint] = SignedNote.Sign(log.Note.Text, old).ToBytes();
        Assert.Equal("checkpoint", Assert.Single(Failed(await VerifyAsync(log, trust))).Name);

        VerificationStep fault = Assert.Single(Failed(await VerifyAsync(log, log.Trust with { Advice = " Name the old key." })));
        Assert.EndsWith(" Name the old key.", fault.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_KeyOfAnotherNameThanTheOrigin_HoldsWhenTheOriginIsSaid()
    {
        using var log = MemoryLog.Of(3);
        using var key = NoteSigner.Generate("key.example");
        log.Resources[TilePath.Checkpoint] = SignedNote.Sign(log.Note.Text, key).ToBytes();
        Assert.Single(Failed(await VerifyAsync(log, new LogTrust([key.Verifier]))));
        Assert.Empty(Failed(await VerifyAsync(log, new LogTrust([key.Verifier], Origin: log.Key.Name))));
    }

    [Fact]
    public async Task Verify_EmptyTreeWithAnotherRoot_DoesNotHold()
    {
        using var log = MemoryLog.Of(0);
        log.Resources[TilePath.Checkpoint] = new Checkpoint(log.Key.Name, 0, Hash256.Of([1])).Sign(log.Key).ToBytes();
        Assert.Equal("checkpoint", Assert.Single(Failed(await VerifyAsync(log))).Name);
    }

    [Fact]
    public async Task Verify_Policy_AsksForItsQuorumAndForItsLogs()
    {
        using var log = MemoryLog.Of(300);
        using var witness = NoteSigner.Generate("witness.example", NoteSignatureType.CosignatureV1);
        LogTrust trust = log.Trust with { Policy = WitnessPolicy.OfMany(1, [witness.Verifier]) };
        Assert.Equal("cosignatures", Assert.Single(Failed(await VerifyAsync(log, trust))).Name);

        log.Resources[TilePath.Checkpoint] = log.Note.Cosign(witness, 77).ToBytes();
        TlogVerification found = await VerifyAsync(log, trust);
        Assert.Empty(Failed(found));
        Assert.Equal([new Cosignature(witness.Verifier, 77)], found.Cosignatures);

        using var other = NoteSigner.Generate("other.example");
        Assert.True(WitnessPolicy.TryParse(System.Text.Encoding.UTF8.GetBytes($"log {other.Verifier}\nquorum none\n"), out WitnessPolicy? ofAnother, out _));
        Assert.Equal("checkpoint", Assert.Single(Failed(await VerifyAsync(log, log.Trust with { Policy = ofAnother }))).Name);
    }

    [Theory]
    [InlineData(0, 700), InlineData(1, 700), InlineData(256, 700), InlineData(300, 700), InlineData(300, 300), InlineData(512, 66_000), InlineData(65_537, 66_000)]
    public async Task Verify_OlderCheckpoint_IsShownToBeTheStart(int older, int newer)
    {
        using var log = MemoryLog.Of(older);
        SignedNote note = log.Note;
        log.GrowTo(newer);
        TlogVerification found = await VerifyAsync(log, older: note);
        Assert.Empty(Failed(found));
        Assert.Contains(found.Report.Steps, step => step.Name == "growth");
    }

    [Theory]
    [InlineData("shrunk"), InlineData("same size"), InlineData("rewritten"), InlineData("forged"), InlineData("no checkpoint")]
    public async Task Verify_OlderCheckpointOfAnotherHistory_DoesNotHold(string kind)
    {
        using var log = MemoryLog.Of(700);
        using var stranger = NoteSigner.Generate(log.Key.Name);
        Hash256 other = Hash256.Of([1]);
        SignedNote older = kind switch
        {
            "shrunk" => new Checkpoint(log.Key.Name, 701, other).Sign(log.Key),
            "same size" => new Checkpoint(log.Key.Name, 700, other).Sign(log.Key),
            "rewritten" => new Checkpoint(log.Key.Name, 300, other).Sign(log.Key),
            "forged" => new Checkpoint(log.Key.Name, 300, other).Sign(stranger),
            _ => SignedNote.Sign("no checkpoint\n", log.Key),
        };
        Assert.Single(Failed(await VerifyAsync(log, older: older)));
    }

    [Fact]
    public async Task Verify_FromAnIndex_LeavesOutWhatEndsBefore()
    {
        using var log = MemoryLog.Of(70_000);
        TlogVerification found = await new TlogVerifier(log, log.Trust) { FromIndex = 69_000 }.VerifyAsync(null, TestContext.Current.CancellationToken);
        Assert.Empty(Failed(found));
        Assert.Equal(70_000 - 69_000 / 256 * 256, found.Entries);
        Assert.InRange(log.Asked.Count, 10, 20);
    }

    [Fact]
    public async Task Verify_FromAnIndexThatTheLogDoesNotReach_Fails()
    {
        using var log = MemoryLog.Of(300);
        TlogVerification found = await new TlogVerifier(log, log.Trust) { FromIndex = 301 }.VerifyAsync(null, TestContext.Current.CancellationToken);
        Assert.Contains("The log has 300 entries", Assert.Single(Failed(found)).Explanation, StringComparison.Ordinal);
        Assert.Empty(Failed(await new TlogVerifier(log, log.Trust) { FromIndex = 300 }.VerifyAsync(null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Verify_Progress_RisesToTheEnd()
    {
        using var log = MemoryLog.Of(3_000);
        var seen = new Seen();
        await new TlogVerifier(log, log.Trust) { Parallelism = 1 }.VerifyAsync(seen, TestContext.Current.CancellationToken);
        Assert.Equal(seen.All.Order(), seen.All);
        Assert.Equal(new TlogProgress(3_000, 3_000), new TlogProgress(seen.All[^1], 3_000));
    }

    [Fact]
    public async Task Load_ProofsFromTiles_AreThoseOfTheTree()
    {
        using var log = MemoryLog.Of(66_000);
        Hash256[] leaves = log.Leaves(66_000);
        var tree = new TiledTree(log, 66_000);
        foreach (long index in new long[] { 0, 255, 256, 40_000, 65_535, 65_536, 65_999 })
        {
            MerkleNodeReader nodes = await tree.LoadAsync(InclusionProof.Ranges(index, 66_000).SelectMany(range => range.CompleteSubtrees()), TestContext.Current.CancellationToken);
            Assert.True(InclusionProof.Verify(index, 66_000, leaves[index], InclusionProof.Create(index, 66_000, nodes), MerkleTree.Root(leaves)));
        }
    }

    private static Task<TlogVerification> VerifyAsync(MemoryLog log, LogTrust? trust = null, SignedNote? older = null)
        => new TlogVerifier(log, trust ?? log.Trust) { Older = older }.VerifyAsync(null, TestContext.Current.CancellationToken);

    private static List<VerificationStep> Failed(TlogVerification found) => [.. found.Report.Steps.Where(step => !step.Succeeded)];

    private static void Damage(MemoryLog log, string path, string damage, Random random)
    {
        byte[] bytes = [.. log.Resources[path]];
        switch (damage)
        {
            case "bit":
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                log.Resources[path] = bytes;
                break;
            case "gone":
                log.Resources.Remove(path);
                break;
            case "swapped":
                log.Resources[path] = log.Resources.First(other => other.Key.StartsWith("tile/", StringComparison.Ordinal) && !other.Value.SequenceEqual(bytes)).Value;
                break;
            default:
                log.Resources[path] = damage switch { "short" => bytes[..^1], "long" => [.. bytes, 0], _ => [] };
                break;
        }
    }

    private sealed class Seen : IProgress<TlogProgress>
    {
        public List<long> All { get; } = [];

        public void Report(TlogProgress value) => All.Add(value.Entries);
    }
}
