namespace SsaShare.Peering;

/// <summary>How this node has its log witnessed.</summary>
public sealed class WitnessOptions
{
    /// <summary>Least time between two checkpoints that are sent to the witnesses while the log grows. Default 2 s, from 0.1 s to 1 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long a checkpoint that nothing was added to is cosigned anew, which shows that the witnesses are still there. Default 10 min, from 1 s to 1 day; a third of the shortest witness_grace in force where that is less.</summary>
    public TimeSpan Refresh { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest wait for one witness. Default 10 s, from 0.1 s to 2 min.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause before a witness that failed is asked again. Default 10 s, from 0.1 s to 1 h.</summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a log that is there may refuse to prove that its checkpoints are of one history before an alarm is raised. Default 1 min, from 1 s to 1 h.</summary>
    public TimeSpan ProofPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Log:StartWithoutWitness. Signs after a start though no witness has said what it has seen. Default false: for the one start at which the operator knows that the database is the newest.</summary>
    public bool StartWithoutWitness { get; set; }
}
