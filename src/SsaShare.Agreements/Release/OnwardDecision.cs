using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>Whether a relay may pass a record on, by which clause and on what terms. <c>default</c> refuses.</summary>
public readonly record struct OnwardDecision
{
    [MemberNotNullWhen(true, nameof(Clause))]
    public bool IsAllowed { get; private init; }

    /// <summary>Of the grants that allow it, that with the most hops; of several, the first by id. A prohibition when that refused. Null when no clause decided.</summary>
    public ClauseId? Clause { get; private init; }

    /// <summary>What the next holder may use the record for; none when refused.</summary>
    public Purposes Purposes { get; private init; }

    /// <summary>How often the record may be passed on under the clause, counted from the provider's recipient: 1 means to the next holder and no further.</summary>
    public int HopsMax { get; private init; }

    /// <summary>To whom the clause lets it be passed.</summary>
    public OnwardAudience Audience { get; private init; }

    /// <summary>How long the next holder may keep it; null means without end.</summary>
    public TimeSpan? Retention { get; private init; }

    /// <summary><see cref="WithholdReason.None"/> exactly when allowed or default.</summary>
    public WithholdReason Reason { get; private init; }

    internal static OnwardDecision Allowed(Grant grant, Purposes purposes)
        => new() { IsAllowed = true, Clause = grant.Id, Purposes = purposes, HopsMax = grant.OnwardHops, Audience = grant.Onward, Retention = grant.Retention };

    internal static OnwardDecision Refused(WithholdReason reason, ClauseId? prohibition = null) => new() { Reason = reason, Clause = prohibition };

    public override string ToString()
        => IsAllowed ? $"onward by {Clause} ({Audience}, {HopsMax} hops) for {Purposes}" : $"not onward: {Reason}{(Clause is { } clause ? $" ({clause})" : "")}";
}
