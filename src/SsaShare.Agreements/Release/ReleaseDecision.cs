using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>Whether a record goes to a reader in one form, by which clause, and for what use. <c>default</c> withholds.</summary>
public readonly record struct ReleaseDecision
{
    [MemberNotNullWhen(true, nameof(Clause))]
    public bool IsReleased { get; private init; }

    /// <summary>The grant that releases or the prohibition that withholds: of several, the first by id. Null when no clause decided.</summary>
    public ClauseId? Clause { get; private init; }

    /// <summary>What the reader may use the record for in this form; none when withheld.</summary>
    public Purposes Purposes { get; private init; }

    /// <summary><see cref="WithholdReason.None"/> exactly when released or default.</summary>
    public WithholdReason Reason { get; private init; }

    /// <summary>The form that was asked about.</summary>
    public ReleaseForm Form { get; private init; }

    /// <summary>How long the reader may keep the record: the longest that a releasing clause allows; null when one sets no end, or when withheld.</summary>
    public TimeSpan? Retention { get; private init; }

    /// <summary>With <see cref="WithholdReason.NotYetDue"/>: the time since publication at which the record will be released.</summary>
    public TimeSpan? DueAfter { get; private init; }

    public static ReleaseDecision Released(ClauseId grant, Purposes purposes, ReleaseForm form = default, TimeSpan? retention = null)
        => new() { IsReleased = true, Clause = grant, Purposes = purposes, Form = form, Retention = retention };

    /// <param name="reason">Why.</param>
    /// <param name="prohibition">The clause, where one decided.</param>
    /// <param name="form">The form that was asked about.</param>
    public static ReleaseDecision Withheld(WithholdReason reason, ClauseId? prohibition = null, ReleaseForm form = default)
        => new() { Reason = reason, Clause = prohibition, Form = form };

    /// <param name="dueAfter">The time since publication at which the record will be released.</param>
    /// <param name="form">The form that was asked about.</param>
    public static ReleaseDecision NotYetDue(TimeSpan dueAfter, ReleaseForm form = default)
        => new() { Reason = WithholdReason.NotYetDue, DueAfter = dueAfter, Form = form };

    public override string ToString()
        => IsReleased ? $"released by {Clause} for {Purposes}{(Form.IsFull ? "" : $" as {Form}")}"
            : DueAfter is { } due ? $"withheld: {Reason}, due {due} after publication"
            : $"withheld: {Reason}{(Clause is { } clause ? $" ({clause})" : "")}";
}
