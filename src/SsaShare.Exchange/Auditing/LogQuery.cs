using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>What an auditor looks for in a log. An entry is found when it meets all that is given; what is left out asks for nothing.</summary>
/// <remarks>
/// Records, object, clause and decision are looked for in what entries list: one listed record must meet all of them together. What is withheld is
/// logged by clause and reason, not by record: whoever asks for records or an object does not find it.
/// </remarks>
public sealed record LogQuery
{
    /// <summary>One of these records, in whatever form: its publication, who was given it, notices about it and what became of them, deletions.</summary>
    public ImmutableHashSet<RecordPlace>? Places { get; init; }

    /// <summary>Records with this tag of their originator. What was recalled or deleted here has lost its tag.</summary>
    public string? ObjectTag { get; init; }

    /// <summary>Entries that concern this partner.</summary>
    public PartnerId? Peer { get; init; }

    /// <summary>Entries under this agreement.</summary>
    public AgreementId? Agreement { get; init; }

    /// <summary>Records given or withheld by this clause.</summary>
    public ClauseId? Clause { get; init; }

    /// <summary>What was decided.</summary>
    public LoggedDecision? Decision { get; init; }

    /// <summary>Entries of these <see cref="LogKinds"/>.</summary>
    public ImmutableHashSet<string>? Kinds { get; init; }

    /// <summary>Appended then or later.</summary>
    public Epoch? From { get; init; }

    /// <summary>Appended before.</summary>
    public Epoch? Until { get; init; }

    /// <summary>Whether it asks about listed records.</summary>
    public bool AsksForRecords => Places is not null || ObjectTag is not null || Clause is not null || Decision is LoggedDecision.Released or LoggedDecision.Degraded;
}

/// <summary>What was decided of records.</summary>
public enum LoggedDecision
{
    Unspecified = 0,

    /// <summary>Given or received as published.</summary>
    Released = 1,

    /// <summary>Given or received by a degradation profile.</summary>
    Degraded = 2,

    /// <summary>Not given, by clause and reason.</summary>
    Withheld = 3,

    /// <summary>A call or an answer of a peer that was refused.</summary>
    Refused = 4,
}
