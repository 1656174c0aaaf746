using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>How much a provider gives a recipient in a minute or a day. At least one figure; each is positive.</summary>
public sealed record VolumeLimit
{
    /// <summary>Unique among the agreement's clauses and limits.</summary>
    public required ClauseId Id { get; init; }

    /// <summary>The providers it limits; left out, all.</summary>
    public Selector<PartnerId> From { get; init; }

    /// <summary>The recipients it is about, each with a limit of its own; left out, all.</summary>
    public Selector<PartnerId> To { get; init; }

    public long? RecordsPerMinute { get; init; }
    public long? RecordsPerDay { get; init; }

    /// <summary>Bytes of record payloads as sent.</summary>
    public long? BytesPerDay { get; init; }
}
