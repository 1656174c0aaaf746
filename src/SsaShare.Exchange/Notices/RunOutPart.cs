namespace SsaShare.Exchange;

/// <summary>Up to where ways that run out have been gone through: by due time, then publication and index; of an agreement that ended by publication alone.</summary>
/// <param name="DueNs">TAI nanoseconds since J2000; not used of an agreement that ended.</param>
/// <param name="Publication">As the store numbers them.</param>
/// <param name="Index">In that publication.</param>
public readonly record struct RunOutPosition(long DueNs, long Publication, int Index)
{
    /// <summary>Before everything.</summary>
    public static RunOutPosition Start { get; } = new(long.MinValue, 0, -1);
}

/// <summary>One part of the ways that have run out.</summary>
/// <param name="Deleted">How many records were deleted; not those that may be kept by another way.</param>
/// <param name="Reached">From where to go on.</param>
/// <param name="IsLast">Nothing is left for now.</param>
public readonly record struct RunOutPart(int Deleted, RunOutPosition Reached, bool IsLast);
