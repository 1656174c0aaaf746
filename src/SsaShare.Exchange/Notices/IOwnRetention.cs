namespace SsaShare.Exchange;

/// <summary>Lets go of what this node keeps no longer: own records whose time is over, with others' that were deleted or recalled before.</summary>
public interface IOwnRetention
{
    /// <summary>
    /// Drops the oldest partition in which nothing is kept any more. What the store's owner has set says what that is; a reader that has not come so far holds nothing back.
    /// </summary>
    /// <returns>Null when there is none, or when it is in use: then it is tried again later.</returns>
    Task<DroppedRecords?> DropNextAsync(CancellationToken cancellationToken);

    /// <summary>Deletes some of the own records that share their partition with others.</summary>
    /// <param name="publicationsMax">Of how many publications at most.</param>
    /// <returns>How many records are gone; 0 when no more are over.</returns>
    Task<long> DeleteSomeAsync(int publicationsMax, CancellationToken cancellationToken);
}

/// <summary>A part of the store that is gone.</summary>
/// <param name="Part">Its name in the store.</param>
/// <param name="Records">That were in it, those already deleted included.</param>
public sealed record DroppedRecords(string Part, long Records);
