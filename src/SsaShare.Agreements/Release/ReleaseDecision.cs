using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>Whether a record goes to a reader, by which clause, and for what use. <c>default</c> withholds.</summary>
public readonly record struct ReleaseDecision
{
    private ReleaseDecision(bool isReleased, ClauseId? clause, Purposes purposes, WithholdReason reason)
        => (IsReleased, Clause, Purposes, Reason) = (isReleased, clause, purposes, reason);

    [MemberNotNullWhen(true, nameof(Clause))]
    public bool IsReleased { get; }

    /// <summary>The grant that releases or the prohibition that withholds: of several, the first by id. Null when no clause decided.</summary>
    public ClauseId? Clause { get; }

    /// <summary>What the reader may use the record for; none when withheld.</summary>
    public Purposes Purposes { get; }

    /// <summary><see cref="WithholdReason.None"/> exactly when released or default.</summary>
    public WithholdReason Reason { get; }

    public static ReleaseDecision Released(ClauseId grant, Purposes purposes) => new(true, grant, purposes, WithholdReason.None);

    /// <param name="reason">Why.</param>
    /// <param name="prohibition">The clause, where one decided.</param>
    public static ReleaseDecision Withheld(WithholdReason reason, ClauseId? prohibition = null) => new(false, prohibition, Purposes.None, reason);

    public override string ToString() => IsReleased ? $"released by {Clause} for {Purposes}" : $"withheld: {Reason}{(Clause is { } clause ? $" ({clause})" : "")}";
}
