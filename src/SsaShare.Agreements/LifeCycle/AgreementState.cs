namespace SsaShare.Agreements;

/// <summary>Where an agreement stands at one node. Only an active one releases records. Numbers are stored and never reused.</summary>
public enum AgreementState
{
    Unspecified = 0,
    /// <summary>Fixed here, shown to nobody.</summary>
    Draft = 1,
    /// <summary>Signed by at least one party, not by all.</summary>
    Proposed = 2,
    /// <summary>Signed by every party.</summary>
    Countersigned = 3,
    Active = 4,
    /// <summary>At least one party has stopped it for the time being.</summary>
    Suspended = 5,
    /// <summary>A later agreement has taken its place. Final.</summary>
    Superseded = 6,
    /// <summary>A party has ended it. Final.</summary>
    Revoked = 7,
    /// <summary>Its validity is over. Final.</summary>
    Expired = 8,
    /// <summary>Active, and its quorum of witnesses has not cosigned the provider's log for longer than it allows. Computed when records are released, never stored or told.</summary>
    Unwitnessed = 9,
}
