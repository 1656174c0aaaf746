using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>A log that a policy names.</summary>
/// <param name="Key">Its key; the key's name is the origin.</param>
/// <param name="Url">Where it can be reached, for applications that do; null where the policy gives none.</param>
public sealed record PolicyLog(NoteVerifier Key, string? Url);

/// <summary>A witness that a policy names.</summary>
/// <param name="Name">Its name within the policy, and nowhere else.</param>
/// <param name="Key">A key of type <see cref="NoteSignatureType.CosignatureV1"/>; null for one of a type whose cosignatures are not verified here: it never counts.</param>
/// <param name="Url">Where it can be reached, for applications that do; null where the policy gives none.</param>
public sealed record PolicyWitness(string Name, NoteVerifier? Key, string? Url);

/// <summary>What can stand in a quorum: a witness, or a group of which enough members must have cosigned.</summary>
/// <param name="Name">Its name within the policy.</param>
/// <param name="Witness">Set for a witness; a group has members instead.</param>
/// <param name="Threshold">Members that are enough, 1 to their number; 1 for a witness.</param>
/// <param name="Members">Each is a member of this group alone.</param>
internal sealed record PolicyMember(string Name, PolicyWitness? Witness, int Threshold, IReadOnlyList<PolicyMember> Members)
{
    public bool IsSatisfiedBy(IReadOnlySet<NoteVerifier> cosigners) => Witness is not null
        ? Witness.Key is { } key && cosigners.Contains(key)
        : Members.Count(member => member.IsSatisfiedBy(cosigners)) >= Threshold;

    /// <summary>For people, such as <c>2 of (x1, x2, 1 of (y1, y2))</c>.</summary>
    public override string ToString() => Witness is not null
        ? Witness.Key is null ? $"{Name} [ML-DSA-44, not verified here: never counts]" : Name
        : $"{Threshold} of ({string.Join(", ", Members)})";
}
