namespace SsaShare.Transparency;

/// <summary>What <see cref="TlogVerifier"/> found.</summary>
/// <param name="Report">Step by step, for people; a wrong resource has a step of its own, named by its path.</param>
/// <param name="Checkpoint">What the log has signed; null when that could not be believed.</param>
/// <param name="Note">The checkpoint as it was read; null when it could not be.</param>
/// <param name="Cosignatures">Of the policy's witnesses; empty without a policy.</param>
/// <param name="Entries">Entries whose bytes were read and found in the tree.</param>
public sealed record TlogVerification(VerificationReport Report, Checkpoint? Checkpoint, SignedNote? Note, IReadOnlyList<Cosignature> Cosignatures, long Entries);

/// <summary>How far a verification is.</summary>
/// <param name="Entries">Entries verified so far.</param>
/// <param name="Of">Entries to verify.</param>
public readonly record struct TlogProgress(long Entries, long Of);
