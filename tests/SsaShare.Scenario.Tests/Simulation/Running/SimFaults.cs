namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What becomes of a commit.</summary>
internal enum CommitFate
{
    Answered,
    LostBefore,

    /// <summary>It failed, and is stored.</summary>
    LostAfter,
}

/// <summary>How much goes wrong. Drawn from the run's seed as things happen; all of it ends when the world is to become quiet.</summary>
internal sealed class SimFaults(SimScheduler scheduler)
{
    public bool AreOver { get; private set; } = true;

    public double ReadFails => AreOver ? 0 : 0.004;

    /// <summary>Mostly a moment; now and then a stall that others overtake.</summary>
    public TimeSpan StatementTime => !AreOver && scheduler.Chance(0.03) ? scheduler.Between(20, 800) : scheduler.Between(0.1, 2);

    /// <summary>One way through the network.</summary>
    public TimeSpan TransitTime => !AreOver && scheduler.Chance(0.05) ? scheduler.Between(100, 5_000) : scheduler.Between(0.5, 40);

    public bool LosesMessage => !AreOver && scheduler.Chance(0.03);

    public bool Repeats => !AreOver && scheduler.Chance(0.05);

    public bool AnswersWithAnOldMessage => !AreOver && scheduler.Chance(0.02);

    public CommitFate DrawCommit() => AreOver ? CommitFate.Answered : scheduler.Random.NextDouble() switch
    {
        < 0.02 => CommitFate.LostBefore,
        < 0.05 => CommitFate.LostAfter,
        _ => CommitFate.Answered,
    };

    public void Begin() => AreOver = false;

    public void End() => AreOver = true;
}
