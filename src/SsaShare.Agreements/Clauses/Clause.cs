using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>One rule of an agreement: which records, between whom, for what use. A selector left out means any.</summary>
public abstract record Clause
{
    private protected Clause()
    {
    }

    public required ClauseId Id { get; init; }

    /// <summary>The providers: parties that release records.</summary>
    public Selector<PartnerId> From { get; init; }

    /// <summary>The recipients: parties that receive them.</summary>
    public Selector<PartnerId> To { get; init; }

    /// <summary>Whose records. Left out, a grant is about the provider's own records only and a prohibition about anyone's.</summary>
    public Selector<PartnerId> Originators { get; init; }

    /// <summary>The providers' tiers, within <see cref="From"/>.</summary>
    public Selector<CapabilityTier> FromTiers { get; init; }

    /// <summary>The recipients' tiers, within <see cref="To"/>.</summary>
    public Selector<CapabilityTier> ToTiers { get; init; }

    public Selector<RecordClass> RecordClasses { get; init; }
    public Selector<SensorId> Sensors { get; init; }

    /// <summary>Objects as the records tag them: a tag is the sensor operator's word, not a proven identity.</summary>
    public Selector<ObjectTag> Objects { get; init; }

    /// <summary>Lists of the agreement. With <see cref="Objects"/>, <see cref="OwnerNations"/> and <see cref="ProtectedAssetsOf"/> they are one set of objects.</summary>
    public Selector<ObjectListId> ObjectLists { get; init; }

    /// <summary>The objects of every list that is owned by one of these nations.</summary>
    public Selector<NationCode> OwnerNations { get; init; }

    /// <summary>The objects of every list that one of these parties protects.</summary>
    public Selector<PartnerId> ProtectedAssetsOf { get; init; }

    /// <summary>First instant that the records may be about; null means any.</summary>
    public Epoch? EpochFrom { get; init; }

    /// <summary>First instant that they may no longer be about; null means any.</summary>
    public Epoch? EpochUntil { get; init; }

    /// <summary>First instant of release at which the clause holds; null means from the agreement's own.</summary>
    public Epoch? ValidFrom { get; init; }

    /// <summary>First instant of release at which it no longer holds; null means until the agreement's own.</summary>
    public Epoch? ValidUntil { get; init; }

    public Selector<OrbitalRegime> Regimes { get; init; }
    public Selector<DataMode> DataModes { get; init; }

    /// <summary>What a grant lets the recipient use the records for, or which uses a prohibition takes away. Left out: every use.</summary>
    public Purposes Purposes { get; init; } = Purposes.Any;

    /// <summary>
    /// Readers of derived products, who need not be parties. In a grant: those for whom the recipient may use the records in such
    /// products; left out, nobody. In a prohibition: it is about derived products for these readers only; left out, about all use.
    /// </summary>
    public Selector<PartnerId> DerivedProductsFor { get; init; }
}

/// <summary>Lets records go. It applies only where every selector is known to pass.</summary>
public sealed record Grant : Clause
{
    /// <summary>The highest handling level released; null means any.</summary>
    public HandlingLevel? MaxLevel { get; init; }

    /// <summary>How long after the originator published the record; zero means at once.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The profile by which the record is degraded; default means released in full.</summary>
    public ProfileId Degradation { get; init; }

    /// <summary>How long the recipient may keep the record; null means without end.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>To whom the recipient may pass the record on.</summary>
    public OnwardAudience Onward { get; init; }

    /// <summary>Exactly with <see cref="OnwardAudience.Named"/>: to whom; need not be parties.</summary>
    public Selector<PartnerId> OnwardTo { get; init; }

    /// <summary>How often the record may be passed on, from recipient to recipient; 1 to 8. Means nothing unless <see cref="Onward"/> does.</summary>
    public int OnwardHops { get; init; } = 1;

    /// <summary>The form in which the grant releases.</summary>
    public ReleaseForm Form => Degradation == default ? ReleaseForm.Full : ReleaseForm.Degraded(Degradation);
}

/// <summary>Holds records back, whatever is granted. It applies wherever a selector passes or could pass: what is unknown stays at home.</summary>
public sealed record Prohibition : Clause
{
    /// <summary>Only records above this handling level; null means all.</summary>
    public HandlingLevel? AboveLevel { get; init; }
}
