namespace SsaShare.Exchange;

/// <summary>Whose publications a lane of the feed goes through. Numbers and words stand in cursors and manifests: none is renamed or reused.</summary>
public enum FeedSource
{
    Unspecified = 0,

    /// <summary>The provider's own publications that are not urgent, by feed position.</summary>
    Own = 1,

    /// <summary>Others' publications that are not urgent, and that the provider passes on.</summary>
    Relayed = 2,

    /// <summary>The provider's own urgent publications: at the same feed positions, of which this source skips the others.</summary>
    OwnUrgent = 3,

    /// <summary>Others' urgent publications that the provider passes on.</summary>
    RelayedUrgent = 4,
}

/// <summary>
/// One way through a provider's feed. A receiver stands at a position of its own in each: what is granted at once goes out in the lane without
/// delay, what is granted later goes out in a lane behind it, and every answer is about one lane.
/// </summary>
/// <param name="Source">Whose publications.</param>
/// <param name="Delay">How long after its originator published it a publication comes up; whole seconds, zero or more.</param>
public readonly record struct FeedLane(FeedSource Source, TimeSpan Delay) : IComparable<FeedLane>
{
    /// <summary>The provider's own, at once: the only routine lane of an agreement without delays.</summary>
    public static FeedLane Prompt { get; } = new(FeedSource.Own, TimeSpan.Zero);

    /// <summary>The provider's own of one priority, at once.</summary>
    public static FeedLane PromptOf(FeedPriority priority) => priority == FeedPriority.Urgent ? new(FeedSource.OwnUrgent, TimeSpan.Zero) : Prompt;

    /// <summary>What is passed on of one priority, at once.</summary>
    public static FeedLane RelayedOf(FeedPriority priority) => new(priority == FeedPriority.Urgent ? FeedSource.RelayedUrgent : FeedSource.Relayed, TimeSpan.Zero);

    /// <summary>Which publications it goes through.</summary>
    public FeedPriority Priority => Source is FeedSource.OwnUrgent or FeedSource.RelayedUrgent ? FeedPriority.Urgent : FeedPriority.Routine;

    /// <summary>Whether it goes through the provider's own publications, by feed position; otherwise through others', by arrival.</summary>
    public bool IsOwn => Source is FeedSource.Own or FeedSource.OwnUrgent;

    /// <summary>The delay in seconds, as documents state it.</summary>
    public long DelayS => (long)Delay.TotalSeconds;

    public int CompareTo(FeedLane other) => Source != other.Source ? Source.CompareTo(other.Source) : Delay.CompareTo(other.Delay);
    public static bool operator <(FeedLane left, FeedLane right) => left.CompareTo(right) < 0;
    public static bool operator >(FeedLane left, FeedLane right) => left.CompareTo(right) > 0;
    public static bool operator <=(FeedLane left, FeedLane right) => left.CompareTo(right) <= 0;
    public static bool operator >=(FeedLane left, FeedLane right) => left.CompareTo(right) >= 0;

    public override string ToString() => Delay == TimeSpan.Zero ? $"{Source}" : $"{Source} after {Delay}";
}
