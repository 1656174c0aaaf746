namespace SsaShare.Agreements;

/// <summary>How far a party takes part: a state that can do less takes part in less, and nothing breaks. Numbers are logged and never reused.</summary>
public enum CapabilityTier
{
    Full = 0,
    /// <summary>A word for clauses to select by; it means no more than they say.</summary>
    Partial = 1,
    /// <summary>Receives and never provides.</summary>
    ReceiveOnly = 2,
}
