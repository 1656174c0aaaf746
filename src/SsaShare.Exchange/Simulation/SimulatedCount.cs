using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>What would become of a record for a reader, from the least to the most.</summary>
public enum RecordFate
{
    /// <summary>The reader gets nothing of it.</summary>
    Withheld = 0,

    /// <summary>The reader gets it degraded only.</summary>
    Degraded = 1,

    /// <summary>The reader gets it as its originator published it.</summary>
    Released = 2,
}

/// <summary>What records have in common that are counted together.</summary>
/// <param name="Fate">What becomes of them in <paramref name="Form"/>.</param>
/// <param name="Form">Full where they are withheld.</param>
/// <param name="Clause">That decided; null when none did.</param>
/// <param name="Reason">Why they are withheld.</param>
/// <param name="Class">Kind of record.</param>
public readonly record struct SimulatedKind(RecordFate Fate, ReleaseForm Form, ClauseId? Clause, WithholdReason Reason, RecordClass Class);

/// <summary>How many records of a kind there are, and some of them.</summary>
/// <param name="Kind">What they have in common.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">The first, at most <see cref="ExamplesMax"/>.</param>
public sealed record SimulatedCount(SimulatedKind Kind, long Count, IReadOnlyList<RecordId> Examples)
{
    public const int ExamplesMax = 3;
}
