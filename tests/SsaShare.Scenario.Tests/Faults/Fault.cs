using System.Globalization;

namespace SsaShare.Scenario.Tests.Faults;

internal enum FaultKind
{
    /// <summary>SIGKILL; started again as a supervisor would, until it serves.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT afterwards.</summary>
    Freeze,

    /// <summary>Open connections are reset, and nobody gets through for a while.</summary>
    Cut,

    /// <summary>Not a byte gets through, and nothing ends.</summary>
    Stall,

    /// <summary>A few kilobytes in a second.</summary>
    Slow,

    /// <summary>One bit of what callers send is flipped, for each open connection.</summary>
    CorruptQuestion,

    /// <summary>One bit of what the node answers.</summary>
    CorruptAnswer,
}

/// <summary>What happens to one node or server, and when.</summary>
/// <param name="Pause">Before it begins, from the end of the one before.</param>
/// <param name="Length">How long it lasts.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan Pause, TimeSpan Length)
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    /// <summary>What happens to one node, by the seed alone. Every kind comes up before one comes up again.</summary>
    public static IReadOnlyList<Fault> Plan(Random random, int count)
    {
        var plan = new List<Fault>();
        while (plan.Count < count)
        {
            var kinds = Kinds.ToArray();
            random.Shuffle(kinds);
            plan.AddRange(kinds.Select(kind => new Fault(kind, Seconds(random, 0.1, 1.2), Seconds(random, 0.2, 1.5))));
        }
        return plan[..count];
    }

    /// <summary>A time between two, by the seed.</summary>
    public static TimeSpan Seconds(Random random, double least, double most) => TimeSpan.FromSeconds(least + (most - least) * random.NextDouble());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pause.TotalSeconds:0.0} s, {Kind} {Length.TotalSeconds:0.0} s");
}
