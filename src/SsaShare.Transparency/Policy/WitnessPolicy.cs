using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Which logs are believed, and which witnesses must have cosigned a checkpoint (C2SP tlog-policy). Immutable.</summary>
public sealed class WitnessPolicy
{
    /// <summary>Longest policy file that is read, bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Most logs, witnesses and groups, of each.</summary>
    public const int MaxOfEach = 256;

    private readonly PolicyMember? _quorum;

    internal WitnessPolicy(IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses, PolicyMember? quorum)
    {
        (Logs, Witnesses, _quorum) = (logs, witnesses, quorum);
        WitnessKeys = [.. witnesses.Select(witness => witness.Key).OfType<NoteVerifier>()];
    }

    /// <summary>The logs; empty where it is known otherwise which log is meant.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>The keys of those of <see cref="Witnesses"/> that can count.</summary>
    public IReadOnlyList<NoteVerifier> WitnessKeys { get; }

    /// <summary>The quorum for people, such as <c>2 of (x1, x2, x3)</c>; "none" where no cosignature is asked for.</summary>
    public string Quorum => _quorum?.ToString() ?? "none";

    /// <summary>A policy without logs: so many of these witnesses.</summary>
    /// <param name="threshold">0 to the number of witnesses; 0 asks for no cosignature.</param>
    /// <param name="witnesses">Keys of type <see cref="NoteSignatureType.CosignatureV1"/>, each once.</param>
    /// <exception cref="ArgumentException">The threshold cannot be met, a key stands twice, or one is no witness's.</exception>
    public static WitnessPolicy OfMany(int threshold, IReadOnlyCollection<NoteVerifier> witnesses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        if (threshold > witnesses.Count
            || witnesses.Any(key => key.Type != NoteSignatureType.CosignatureV1)
            || witnesses.DistinctBy(key => Convert.ToBase64String(key.PublicKey)).Count() != witnesses.Count)
        {
            throw new ArgumentException($"{threshold} of {witnesses.Count} witnesses, of different keys, cannot be asked for.", nameof(witnesses));
        }

        PolicyWitness[] named = [.. witnesses.Select(key => new PolicyWitness(key.Name, key, Url: null))];
        PolicyMember[] members = [.. named.Select(witness => new PolicyMember(witness.Name, witness, 1, []))];
        return new WitnessPolicy([], named, threshold == 0 ? null : new PolicyMember("quorum", null, threshold, members));
    }

    /// <summary>Reads a policy file.</summary>
    /// <param name="file">Any bytes.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="fault">Why there is none, with the number of the line.</param>
    public static bool TryParse(ReadOnlySpan<byte> file, [NotNullWhen(true)] out WitnessPolicy? policy, [NotNullWhen(false)] out string? fault)
        => new PolicyReader().TryRead(file, out policy, out fault);

    /// <summary>Whether cosignatures of these witnesses are enough. Keys that the policy does not name do not count.</summary>
    public bool IsSatisfiedBy(IEnumerable<NoteVerifier> cosigners) => _quorum is null || _quorum.IsSatisfiedBy(cosigners.ToHashSet());

    /// <summary>Whether enough of the policy's witnesses cosigned the note. That a log signed it is not looked at here.</summary>
    /// <param name="note">The note.</param>
    /// <param name="cosignatures">Of the policy's witnesses, valid, one each; null when a line is wrong.</param>
    /// <param name="fault">When false: a witness's line is wrong, or there are not enough.</param>
    public bool IsSatisfied(SignedNote note, out IReadOnlyList<Cosignature>? cosignatures, [NotNullWhen(false)] out string? fault)
    {
        if (!Cosignature.TryFind(note, WitnessKeys, out cosignatures, out fault))
        {
            return false;
        }

        bool satisfied = IsSatisfiedBy(cosignatures.Select(one => one.Witness));
        fault = satisfied ? null : $"The quorum is {Quorum}; cosigned has {Names(cosignatures)}.";
        return satisfied;
    }

    private static string Names(IReadOnlyList<Cosignature> cosignatures)
        => cosignatures.Count == 0 ? "none of its witnesses" : string.Join(", ", cosignatures.Select(one => one.Witness.Name));
}
