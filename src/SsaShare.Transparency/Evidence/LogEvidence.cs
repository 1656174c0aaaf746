using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Checks what a log handed out against its signed checkpoint, offline: the only thing trusted is the log's key.</summary>
public static class LogEvidence
{
    /// <summary>Checks that these are all leaves of the log.</summary>
    /// <param name="note">The signed checkpoint, any bytes.</param>
    /// <param name="logKey">The log's key, from the node card.</param>
    /// <param name="leafHashes">All leaves in order.</param>
    public static VerificationReport VerifyWholeLog(ReadOnlySpan<byte> note, NoteVerifier logKey, ReadOnlySpan<Hash256> leafHashes)
        => VerifyTree(note, logKey, leafHashes.Length, MerkleTree.Root(leafHashes));

    /// <summary>Checks that a tree, computed from what a log handed out, is the log's.</summary>
    /// <param name="note">The signed checkpoint, any bytes.</param>
    /// <param name="logKey">The log's key, from the node card.</param>
    /// <param name="size">Number of leaves of the tree.</param>
    /// <param name="root">Its root.</param>
    public static VerificationReport VerifyTree(ReadOnlySpan<byte> note, NoteVerifier logKey, long size, Hash256 root)
    {
        var report = new VerificationReport();
        if (TryOpen(report, "checkpoint", note, logKey, out Checkpoint? checkpoint)
            && report.Add("entry count", size == checkpoint.Size,
                $"The checkpoint counts {checkpoint.Size} entries and {size} are given."))
        {
            AddRoot(report, root, checkpoint);
        }

        return report;
    }

    /// <summary>Checks that these leaves, any part of the log, stand in it at their indices.</summary>
    /// <param name="note">The signed checkpoint, any bytes.</param>
    /// <param name="logKey">The log's key, from the node card.</param>
    /// <param name="leaves">The leaves, indices rising, each once.</param>
    /// <param name="proof">Covers the other leaves of the tree of the checkpoint's size.</param>
    public static VerificationReport VerifyLeaves(ReadOnlySpan<byte> note, NoteVerifier logKey, ReadOnlySpan<LeafAt> leaves, SubsetProof proof)
    {
        var report = new VerificationReport();
        if (TryOpen(report, "checkpoint", note, logKey, out Checkpoint? checkpoint)
            && report.Add("tree size", proof.TreeSize == checkpoint.Size,
                $"The checkpoint counts {checkpoint.Size} entries and the proof is for {proof.TreeSize}."))
        {
            bool fits = proof.TryComputeRoot(leaves, out Hash256 root);
            if (report.Add("proof form", fits, fits
                ? $"The {leaves.Length} given entries and the {proof.Hashes.Count} hashes of the others fill the tree."
                : "The given entries and the proof do not fit each other."))
            {
                AddRoot(report, root, checkpoint);
            }
        }

        return report;
    }

    /// <summary>Checks that one leaf stands in the log at its index.</summary>
    /// <param name="note">The signed checkpoint, any bytes.</param>
    /// <param name="logKey">The log's key, from the node card.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="proof">See <see cref="InclusionProof"/>.</param>
    public static VerificationReport VerifyInclusion(ReadOnlySpan<byte> note, NoteVerifier logKey, LeafAt leaf, ReadOnlySpan<Hash256> proof)
    {
        var report = new VerificationReport();
        if (TryOpen(report, "checkpoint", note, logKey, out Checkpoint? checkpoint))
        {
            bool fits = InclusionProof.TryComputeRoot(leaf.Index, checkpoint.Size, leaf.Hash, proof, out Hash256 root);
            if (report.Add("proof form", fits, $"A proof of {proof.Length} hashes for entry {leaf.Index} of {checkpoint.Size} {(fits ? "has" : "does not have")} the right form."))
            {
                AddRoot(report, root, checkpoint);
            }
        }

        return report;
    }

    /// <summary>Checks that the newer checkpoint only adds to the older one.</summary>
    /// <param name="older">The older signed checkpoint, any bytes.</param>
    /// <param name="newer">The newer signed checkpoint, any bytes.</param>
    /// <param name="logKey">The log's key, from the node card.</param>
    /// <param name="proof">See <see cref="ConsistencyProof"/>; empty when the older log is empty.</param>
    public static VerificationReport VerifyGrowth(ReadOnlySpan<byte> older, ReadOnlySpan<byte> newer, NoteVerifier logKey, ReadOnlySpan<Hash256> proof)
    {
        var report = new VerificationReport();
        if (TryOpen(report, "older checkpoint", older, logKey, out Checkpoint? from)
            && TryOpen(report, "newer checkpoint", newer, logKey, out Checkpoint? to)
            && report.Add("growth", from.Size <= to.Size, $"The log went from {from.Size} to {to.Size} entries."))
        {
            bool isConsistent = from.Size == 0
                ? proof.IsEmpty && from.Root == MerkleHash.EmptyRoot
                : ConsistencyProof.Verify(from.Size, to.Size, from.Root, to.Root, proof);
            report.Add("consistency", isConsistent, isConsistent
                ? $"The first {from.Size} entries are the same in both."
                : $"It is not shown that the first {from.Size} entries are the same in both: history was rewritten, or the proof is wrong.");
        }

        return report;
    }

    private static bool TryOpen(VerificationReport report, string name, ReadOnlySpan<byte> note, NoteVerifier logKey, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        bool opened = Checkpoint.TryOpen(note, logKey, out checkpoint, out string? fault);
        return report.Add(name, opened, opened
            ? $"{logKey.Name} signed the checkpoint at {checkpoint!.Size} entries."
            : fault!) && checkpoint is not null;
    }

    private static void AddRoot(VerificationReport report, Hash256 root, Checkpoint checkpoint)
        => report.Add("root", root == checkpoint.Root, root == checkpoint.Root
            ? $"The entries lead to the signed root {checkpoint.Root}."
            : $"The entries lead to root {root}, signed is {checkpoint.Root}: an entry was changed, added or left out.");
}
