using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What a receiver asks of an answer under an agreement that wants witnesses: it does not take the provider's word that they were there.</summary>
public static class WitnessedAnswer
{
    /// <param name="quorum">What the agreement wants of the provider.</param>
    /// <param name="note">The provider's newest cosigned checkpoint, any text.</param>
    /// <param name="proof">Consistency proof between the two checkpoints, from the smaller to the larger.</param>
    /// <param name="manifest">The answer's manifest, verified.</param>
    /// <param name="own">The manifest's own checkpoint, verified.</param>
    /// <param name="keys">Keys of logs and witnesses.</param>
    /// <param name="now">The receiver's clock.</param>
    /// <returns>Null, or why the answer is not taken.</returns>
    public static string? WhyNot(WitnessQuorum quorum, string note, IReadOnlyList<Hash256> proof, ManifestDocument manifest, Checkpoint own, IKeyBook keys, Epoch now)
    {
        if (note.Length == 0) return "The agreement wants witnesses, and the answer has no cosigned checkpoint.";
        if (CosignedCheckpoint.TryOpen(Encoding.UTF8.GetBytes(note), manifest.Provider, keys, out string fault) is not { } opened) return $"The cosigned checkpoint does not open: {fault}";
        // A witness whose clock is ahead would make a checkpoint look new for ever.
        var cosigned = opened with { Cosignatures = [.. opened.Cosignatures.Where(one => one.At <= PublishedAge.Reached(now, FeedLanes.ClockLeadMax))] };
        if (quorum.CosignedAt(cosigned) is not { } at)
            return $"{cosigned.Cosignatures.Count(one => quorum.Witnesses.Contains(one.Witness))} of the agreement's witnesses have cosigned the provider's log up to {cosigned.Size} entries; it wants {quorum.Count}.";
        var head = new LogHead(own.Size, own.Root);
        if (cosigned.Origin != own.Origin) return $"The cosigned checkpoint is of {cosigned.Origin}, the provider's own of {own.Origin}.";
        if (cosigned.Size == own.Size && cosigned.Root != own.Root) return "The provider has signed two histories of its log: its own checkpoint and the cosigned one contradict each other.";
        if (!AreOfOneLog(new LogHead(cosigned.Size, cosigned.Root), head, proof))
            return $"The provider does not show that its own checkpoint of {own.Size} entries and the cosigned one of {cosigned.Size} are of one history of its log.";
        var reached = PublishedAge.Reached(manifest.Watermark, -FeedLanes.ClockLeadMax);
        return quorum.IsFresh(cosigned, head, reached) ? null
            : $"The quorum cosigned the provider's log last at {at}, which is longer than {quorum.Grace} before the answer's {manifest.Watermark}.";
    }

    /// <summary>Whether the larger tree begins with the smaller one. Without it the witnesses could be shown one history and the receiver another, size by size different.</summary>
    private static bool AreOfOneLog(LogHead one, LogHead other, IReadOnlyList<Hash256> proof)
    {
        var (smaller, larger) = one.Size <= other.Size ? (one, other) : (other, one);
        return smaller.Size == 0 ? smaller.Root == MerkleHash.EmptyRoot && proof.Count == 0
            : ConsistencyProof.Verify(smaller.Size, larger.Size, smaller.Root, larger.Root, [.. proof]);
    }
}
