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

    public required ImmutableArray<Grant> Grants { get; init; }
    public required ImmutableArray<Prohibition> Prohibitions { get; init; }
}
