using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What the parties agree on: the same in the authored document and in the signed payload.</summary>
public sealed record AgreementTerms
{
    public required string Title { get; init; }

    /// <summary>First instant at which records are released. About the time of release, not of the records.</summary>
    public required Epoch ValidFrom { get; init; }

    /// <summary>First instant at which records are no longer released.</summary>
    public required Epoch ValidUntil { get; init; }

    /// <summary>The data modes this agreement is about; records of any other are withheld.</summary>
    public required ImmutableArray<DataMode> DataModes { get; init; }

    /// <summary>The agreement that this one takes the place of, once active.</summary>
    public AgreementId? Supersedes { get; init; }

    /// <summary>Objects that clauses name together.</summary>
    public ImmutableArray<ObjectList> ObjectLists { get; init; } = [];

    /// <summary>The forms in which grants may release less than the original.</summary>
    public ImmutableArray<DegradationProfile> DegradationProfiles { get; init; } = [];

    /// <summary>What a degraded release for safety of flight must not exceed; null when no such release is degraded.</summary>
    public DegradationFigures? SafetyOfFlightMinimum { get; init; }

    /// <summary>How much may flow.</summary>
    public ImmutableArray<VolumeLimit> Limits { get; init; } = [];

    public ReceiptDuty Receipts { get; init; }

    /// <summary>How many witnesses must have cosigned a provider's log before it releases, 0 to 16.</summary>
    public int WitnessQuorum { get; init; }

    /// <summary>Whose cosignatures count; empty for the parties. A provider's own never counts: <see cref="Agreement.WitnessesOf"/>.</summary>
    public ImmutableArray<PartnerId> Witnesses { get; init; } = [];

    /// <summary>How old the newest cosigned checkpoint of a provider's log may be while the log grows, 1 s and more. Without a quorum it says nothing.</summary>
    public TimeSpan WitnessGrace { get; init; } = DefaultWitnessGrace;

    /// <summary><see cref="WitnessGrace"/> of an agreement that does not give one.</summary>
    public static TimeSpan DefaultWitnessGrace { get; } = TimeSpan.FromHours(1);

    public AfterEnd AfterEnd { get; init; }

    public required ImmutableArray<Grant> Grants { get; init; }
    public required ImmutableArray<Prohibition> Prohibitions { get; init; }
}
