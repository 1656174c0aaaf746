using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>What a witness answers to add-checkpoint: the checks of C2SP tlog-witness in its order. Pure; the status is HTTP's.</summary>
public static class AddCheckpointRules
{
    /// <summary>Finds the submitted checkpoint and verifies that its log signed it.</summary>
    /// <param name="request">As read.</param>
    /// <param name="logKey">The key trusted for an origin at a size; null when the origin is unknown.</param>
    /// <param name="checkpoint">The checkpoint, signed by its log, when there is no refusal.</param>
    /// <returns>Null, or the refusal: 400 (no checkpoint, or one too long to be held), 404 (unknown origin), 403 (not signed by the origin's key).</returns>
    public static AddCheckpointAnswer.Refused? Authenticate(AddCheckpointRequest request, Func<string, long, NoteVerifier?> logKey, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (!HeldCheckpoint.IsShort(request.Note.Text)) return new(400, $"The note's text is longer than {HeldCheckpoint.TextBytesMax} bytes.");
        if (!Checkpoint.TryParse(request.Note.Text, out var read)) return new(400, "The note's text is not a checkpoint.");
        if (logKey(read.Origin, read.Size) is not { } key) return new(404, "No log of this origin is witnessed here.");
        if (key.Name != read.Origin || !request.Note.TryVerify([key], out _, out _)) return new(403, "The checkpoint is not signed by the key that is trusted for its origin.");
        checkpoint = read;
        return null;
    }

    /// <summary>Weighs an authentic checkpoint against the newest that this witness has cosigned.</summary>
    /// <param name="request">As read.</param>
    /// <param name="checkpoint">Of <see cref="Authenticate"/>.</param>
    /// <param name="latest">Size and root of the newest cosigned one; size 0 when there is none.</param>
    public static AddCheckpointAnswer Weigh(AddCheckpointRequest request, Checkpoint checkpoint, LogHead latest)
    {
        if (request.OldSize > checkpoint.Size) return new AddCheckpointAnswer.Refused(400, "The old size is above the checkpoint's.");
        if (request.OldSize != latest.Size) return new AddCheckpointAnswer.OtherSize(latest.Size);
        if (checkpoint.Size == 0 && checkpoint.Root != MerkleHash.EmptyRoot) return new AddCheckpointAnswer.Refused(422, "The root is not that of the empty tree.");
        if (request.OldSize == 0)
            return request.Proof.Count == 0 ? new AddCheckpointAnswer.Cosign() : new AddCheckpointAnswer.Refused(422, "From size 0 the proof is empty.");
        if (request.OldSize == checkpoint.Size && checkpoint.Root != latest.Root) return new AddCheckpointAnswer.Refused(422, "Another root was cosigned for this size.");
        return ConsistencyProof.Verify(request.OldSize, checkpoint.Size, latest.Root, checkpoint.Root, [.. request.Proof])
            ? new AddCheckpointAnswer.Cosign()
            : new AddCheckpointAnswer.Refused(422, "The consistency proof does not verify.");
    }
}

/// <summary>The answer of a witness.</summary>
public abstract record AddCheckpointAnswer
{
    private AddCheckpointAnswer()
    {
    }

    /// <summary>All checks pass: store, then answer 200 with the cosignature.</summary>
    public sealed record Cosign : AddCheckpointAnswer;

    /// <summary>409: the witness holds another size than the caller thought.</summary>
    public sealed record OtherSize(long LatestSize) : AddCheckpointAnswer;

    /// <summary>400, 403, 404 or 422.</summary>
    public sealed record Refused(int Status, string Reason) : AddCheckpointAnswer;
}
