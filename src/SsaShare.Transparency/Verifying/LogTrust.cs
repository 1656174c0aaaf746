using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Whom somebody believes about a log: its key or keys, and perhaps a policy about its witnesses. Immutable.</summary>
/// <param name="LogKeys">The log's key; several where it has changed it. Of these alone a checkpoint is believed.</param>
/// <param name="Policy">Which witnesses must have cosigned, and perhaps which logs are meant; null where the log's word suffices.</param>
/// <param name="Origin">The origin line where it is not the key's name; null where it is.</param>
public sealed record LogTrust(IReadOnlyList<NoteVerifier> LogKeys, WitnessPolicy? Policy = null, string? Origin = null)
{
    /// <summary>The key that signs checkpoints of an origin and that many entries, where it is known which: then no other of <see cref="LogKeys"/> counts for that size. Null where each counts for every size.</summary>
    public Func<string, long, NoteVerifier?>? KeyOfSize { get; init; }

    /// <summary>What to say where no key fits; null for nothing.</summary>
    public string? Advice { get; init; }

    /// <summary>Verifies a checkpoint and its cosignatures, and says so in the report.</summary>
    internal bool TryOpen(VerificationReport report, SignedNote note, [NotNullWhen(true)] out Checkpoint? checkpoint, out IReadOnlyList<Cosignature> cosignatures)
    {
        cosignatures = [];
        return TryOpenLog(report, "checkpoint", note, out checkpoint) && (Policy is null || TryPolicy(report, Policy, note, out cosignatures));
    }

    /// <summary>Verifies the log's signature alone.</summary>
    internal bool TryOpenLog(VerificationReport report, string step, SignedNote note, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        string? fault = "No key of a log is given.";
        foreach (NoteVerifier key in KeysFor(note))
        {
            if (Checkpoint.TryOpen(note, key, Origin ?? key.Name, out Checkpoint? opened, out fault))
            {
                fault = FaultOf(opened, key);
                checkpoint = fault is null ? opened : null;
                break;
            }
        }

        return report.Add(step, checkpoint is not null, checkpoint is not null
            ? $"{checkpoint.Origin} signed the root of {checkpoint.Size} entries."
            : $"{fault} Nothing that the log shows can be believed: it is another log, its key has changed, or the checkpoint is forged.{Advice}") && checkpoint is not null;
    }

    private IEnumerable<NoteVerifier> KeysFor(SignedNote note)
        => KeyOfSize is null || !Checkpoint.TryParse(note.Text, out Checkpoint? said) ? LogKeys
            : KeyOfSize(said.Origin, said.Size) is { } key ? LogKeys.Where(key.Equals)
            : [];

    private string? FaultOf(Checkpoint checkpoint, NoteVerifier key)
        => Policy is { Logs.Count: > 0 } policy && !policy.Logs.Any(log => log.Key.Equals(key)) ? $"The policy does not name the log {key.Name}."
            : checkpoint.Size == 0 && checkpoint.Root != MerkleHash.EmptyRoot ? "For no entries another root is signed than that of the empty tree."
            : null;

    private static bool TryPolicy(VerificationReport report, WitnessPolicy policy, SignedNote note, out IReadOnlyList<Cosignature> cosignatures)
    {
        bool satisfied = policy.IsSatisfied(note, out IReadOnlyList<Cosignature>? found, out string? fault);
        cosignatures = found ?? [];
        return report.Add("cosignatures", satisfied, satisfied
            ? $"Cosigned by {cosignatures.Count} of {policy.Witnesses.Count} witnesses; the quorum is {policy.Quorum}."
            : $"{fault} Others may have been shown another history: without the quorum nobody vouches that all see the same log.");
    }
}
