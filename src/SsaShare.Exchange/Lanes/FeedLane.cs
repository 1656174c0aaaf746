namespace SsaShare.Exchange;

/// <summary>Whose publications a lane of the feed goes through. Numbers and words stand in cursors and manifests: none is renamed or reused.</summary>
public enum FeedSource
{
    Unspecified = 0,

    /// <summary>The provider's own publications, by feed position.</summary>
    Own = 1,

    /// <summary>Others' publications that the provider passes on.</summary>
    Relayed = 2,
}

/// <summary>
/// One way through a provider's feed. A receiver stands at a position of its own in each: what is granted at once goes out in the lane without
/// delay, what is granted later goes out in a lane behind it, and every answer is about one lane.
/// </summary>
/// <param name="Source">Whose publications.</param>
/// <param name="Delay">How long after its originator published it a publication comes up; whole seconds, zero or more.</param>
public readonly record struct FeedLane(FeedSource Source, TimeSpan Delay) : IComparable<FeedLane>
{
    /// <summary>The provider's own, at once: the only lane of an agreement without delays.</summary>
    public static FeedLane Prompt { get; } = new(FeedSource.Own, TimeSpan.Zero);

    /// <summary>The delay in seconds, as documents state it.</summary>
    public long DelayS => (long)Delay.TotalSeconds;

    public int CompareTo(FeedLane other) => Source != other.Source ? Source.CompareTo(other.Source) : Delay.CompareTo(other.Delay);
    public static bool operator <(FeedLane left, FeedLane right) => left.CompareTo(right) < 0;
    public static bool operator >(FeedLane left, FeedLane right) => left.CompareTo(right) > 0;
    public static bool operator <=(FeedLane left, FeedLane right) => left.CompareTo(right) <= 0;
    public static bool operator >=(FeedLane left, FeedLane right) => left.CompareTo(right) >= 0;

    public override string ToString() => Delay == TimeSpan.Zero ? $"{Source}" : $"{Source} after {Delay}";
}
