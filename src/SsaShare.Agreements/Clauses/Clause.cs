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

    public Selector<RecordClass> RecordClasses { get; init; }
    public Selector<SensorId> Sensors { get; init; }

    /// <summary>Objects as the records tag them: a tag is the sensor operator's word, not a proven identity.</summary>
    public Selector<ObjectTag> Objects { get; init; }

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
}

/// <summary>Holds records back, whatever is granted. It applies wherever a selector passes or could pass: what is unknown stays at home.</summary>
public sealed record Prohibition : Clause
{
    /// <summary>Only records above this handling level; null means all.</summary>
    public HandlingLevel? AboveLevel { get; init; }
}
