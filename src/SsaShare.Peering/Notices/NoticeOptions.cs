namespace SsaShare.Peering;

/// <summary>How notices and deletions are brought to peers, and how often it is looked for what may be kept no longer.</summary>
public sealed class NoticeOptions
{
    /// <summary>First pause before a peer is asked again, because it was away or waits for its own downstream; doubles with each. Default 1 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause. Default 5 min; a peer that cannot be reached is tried every 10 s at least.</summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often it is looked for records that may be kept no longer. Default 1 min.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
