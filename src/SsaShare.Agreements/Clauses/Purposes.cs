namespace SsaShare.Agreements;

/// <summary>What a recipient may use a record for.</summary>
[Flags]
public enum Purposes
{
    None = 0,
    /// <summary>Avoiding collisions.</summary>
    SafetyOfFlight = 1,
    /// <summary>Composing derived products, such as the fused catalog.</summary>
    Fusion = 2,
    Research = 4,
    /// <summary>Showing that a rule was broken.</summary>
    Enforcement = 8,
    Any = SafetyOfFlight | Fusion | Research | Enforcement,
}
