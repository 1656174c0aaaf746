using SsaShare.Signing;
using SsaShare.Transparency.Tests.Merkle;

namespace SsaShare.Transparency.Tests.Evidence;

public sealed class LogEvidenceTests : IDisposable
{
    private const int Size = 37;
    private static readonly Hash256[] Leaves = Trees.Leaves(Size);
    private readonly NoteSigner _log = NoteSigner.Generate("log.example");

    public void Dispose() => _log.Dispose();

    [Fact]
    public void VerifyWholeLog_AllLeaves_Succeeds()
        => AssertSteps(LogEvidence.VerifyWholeLog(Note(Size), _log.Verifier, Leaves), "checkpoint entry count root", succeeded: true);

    [Fact]
    public void VerifyWholeLog_EmptyLog_Succeeds()
        => AssertSteps(LogEvidence.VerifyWholeLog(Note(0), _log.Verifier, []), "checkpoint entry count root", succeeded: true);

    [Fact]
    public void VerifyWholeLog_LeafMissingChangedOrSwapped_FailsAtThatStep()
    {
        Hash256[] changed = [.. Leaves], swapped = [.. Leaves];
        changed[20] = Hash256.Of([1]);
        (swapped[3], swapped[4]) = (swapped[4], swapped[3]);
        AssertSteps(LogEvidence.VerifyWholeLog(Note(Size), _log.Verifier, Leaves.AsSpan(1)), "checkpoint entry count", succeeded: false);
        AssertSteps(LogEvidence.VerifyWholeLog(Note(Size), _log.Verifier, changed), "checkpoint entry count root", succeeded: false);
        AssertSteps(LogEvidence.VerifyWholeLog(Note(Size), _log.Verifier, swapped), "checkpoint entry count root", succeeded: false);
    }

    [Fact]
    public void VerifyWholeLog_OtherKeyOrDamagedNote_FailsAtTheCheckpoint()
    {
        using var other = NoteSigner.Generate("log.example");
        byte[] damaged = Note(Size);
        damaged[^5] ^= 1;
        AssertSteps(LogEvidence.VerifyWholeLog(Note(Size), other.Verifier, Leaves), "checkpoint", succeeded: false);
        AssertSteps(LogEvidence.VerifyWholeLog(damaged, _log.Verifier, Leaves), "checkpoint", succeeded: false);
        AssertSteps(LogEvidence.VerifyWholeLog([], _log.Verifier, Leaves), "checkpoint", succeeded: false);
    }

    [Fact]
    public void VerifyLeaves_ARangeOfTheLog_SucceedsAndFailsWhenChanged()
    {
        SubsetProof proof = SubsetProof.Create(Leaves, [.. Enumerable.Range(10, 9)]);
        LeafAt[] range = [.. Enumerable.Range(10, 9).Select(i => new LeafAt(i, Leaves[i]))];
        AssertSteps(LogEvidence.VerifyLeaves(Note(Size), _log.Verifier, range, proof), "checkpoint tree size proof form root", succeeded: true);
        AssertSteps(LogEvidence.VerifyLeaves(Note(Size), _log.Verifier, range.AsSpan(1), proof), "checkpoint tree size proof form", succeeded: false);
        AssertSteps(LogEvidence.VerifyLeaves(Note(Size - 1), _log.Verifier, range, proof), "checkpoint tree size", succeeded: false);
        range[0] = range[0] with { Hash = Hash256.Of([1]) };
        AssertSteps(LogEvidence.VerifyLeaves(Note(Size), _log.Verifier, range, proof), "checkpoint tree size proof form root", succeeded: false);
    }

    [Fact]
    public void VerifyInclusion_OneLeaf_SucceedsAndFailsForAnother()
    {
        Hash256[] proof = InclusionProof.Create(6, Size, Trees.Store(Leaves));
        AssertSteps(LogEvidence.VerifyInclusion(Note(Size), _log.Verifier, new LeafAt(6, Leaves[6]), proof), "checkpoint proof form root", succeeded: true);
        AssertSteps(LogEvidence.VerifyInclusion(Note(Size), _log.Verifier, new LeafAt(6, Leaves[7]), proof), "checkpoint proof form root", succeeded: false);
        AssertSteps(LogEvidence.VerifyInclusion(Note(Size), _log.Verifier, new LeafAt(Size, Leaves[6]), proof), "checkpoint proof form", succeeded: false);
    }

    [Fact]
    public void VerifyGrowth_LogThatGrewAndLogThatWasRewritten_AreToldApart()
    {
        Hash256[] proof = ConsistencyProof.Create(20, Size, Trees.Store(Leaves));
        Hash256[] rewritten = [.. Leaves];
        rewritten[4] = Hash256.Of([1]);
        byte[] otherHistory = new Checkpoint("log.example", 20, MerkleTree.Root(rewritten.AsSpan(0, 20))).Sign(_log).ToBytes();
        AssertSteps(LogEvidence.VerifyGrowth(Note(20), Note(Size), _log.Verifier, proof), "older checkpoint newer checkpoint growth consistency", succeeded: true);
        AssertSteps(LogEvidence.VerifyGrowth(Note(0), Note(Size), _log.Verifier, []), "older checkpoint newer checkpoint growth consistency", succeeded: true);
        AssertSteps(LogEvidence.VerifyGrowth(otherHistory, Note(Size), _log.Verifier, proof), "older checkpoint newer checkpoint growth consistency", succeeded: false);
        AssertSteps(LogEvidence.VerifyGrowth(Note(Size), Note(20), _log.Verifier, proof), "older checkpoint newer checkpoint growth", succeeded: false);
    }

    private byte[] Note(int size) => new Checkpoint("log.example", size, MerkleTree.Root(Leaves.AsSpan(0, size))).Sign(_log).ToBytes();

    /// <summary>All steps but the last succeeded, and every step has a sentence.</summary>
    private static void AssertSteps(VerificationReport report, string names, bool succeeded)
    {
        Assert.Equal(names, string.Join(' ', report.Steps.Select(step => step.Name)));
        Assert.Equal(succeeded, report.Succeeded);
        Assert.All(report.Steps.SkipLast(1), step => Assert.True(step.Succeeded));
        Assert.Equal(succeeded, report.Steps[^1].Succeeded);
        Assert.All(report.Steps, step => Assert.EndsWith(".", step.Explanation, StringComparison.Ordinal));
    }
}
