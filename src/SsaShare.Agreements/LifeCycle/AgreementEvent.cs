namespace SsaShare.Agreements;

/// <summary>What can happen to an agreement. Each is done by one party, named beside it.</summary>
public abstract record AgreementEvent
{
    private AgreementEvent()
    {
    }

    /// <summary>The party signs; the first signature proposes the agreement, the last countersigns it.</summary>
    public sealed record Sign : AgreementEvent;

    /// <summary>Every signature is there and the party puts the agreement into force; records flow from its first valid instant.</summary>
    public sealed record Activate : AgreementEvent;

    /// <summary>The party stops it for the time being; several parties may, each for itself.</summary>
    public sealed record Suspend : AgreementEvent;

    /// <summary>The party takes its own suspension back; the agreement is active again when the last has.</summary>
    public sealed record Resume : AgreementEvent;

    /// <summary>The party activates another agreement that names this one as superseded.</summary>
    public sealed record Supersede(Agreement Successor) : AgreementEvent;

    /// <summary>The party ends it for good.</summary>
    public sealed record Revoke : AgreementEvent;

    /// <summary>The party notes that the validity is over.</summary>
    public sealed record Expire : AgreementEvent;
}
