using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>How far a provider answers for what a degraded record does not tell: its tag taken out, its epoch moved, its regime that of a moved orbit.</summary>
internal enum Vouched
{
    /// <summary>Not at all: what is not known helps no grant and every prohibition.</summary>
    Nothing,
    /// <summary>It released the record for some use, so no prohibition of every use held.</summary>
    SomeUse,
    /// <summary>It decided the very question asked.</summary>
    Everything,
}

/// <summary>Between whom and when a record would go, and what is uncertain about a degraded one.</summary>
/// <param name="Provider">Who releases it.</param>
/// <param name="Recipient">Who receives it.</param>
/// <param name="Now">The time of release.</param>
/// <param name="Vouched">How far the provider answers for what was hidden.</param>
/// <param name="TagRemoved">Whether the profile took the tag out.</param>
/// <param name="EpochSlackNanoseconds">How far the profile may have moved the epoch.</param>
/// <param name="RegimeMoved">Whether the regime was computed from an orbit that the profile moved, which near a boundary may be another.</param>
internal readonly record struct ReleaseQuestion(
    PartnerId Provider, PartnerId Recipient, Epoch Now, Vouched Vouched = Vouched.Nothing, bool TagRemoved = false, long EpochSlackNanoseconds = 0, bool RegimeMoved = false);
