namespace SsaShare.Exchange;

/// <summary>
/// A provider's word, in a manifest, that part of the range is gone: it keeps its records for a time, and the reader had not come so far. All that is granted and still held up to
/// the range's end has been given with this manifest and those before it; the reader goes on from there.
/// </summary>
/// <param name="HeldFromPosition">The position behind the last publication of the range that is gone, or not whole any more.</param>
/// <param name="DroppedRecords">Records of such publications in the range. The provider's log counts them as withheld, whether or not the reader would have been given them.</param>
public sealed record FeedSnapshot(long HeldFromPosition, long DroppedRecords)
{
    /// <returns>What is wrong with it in a range, for a "no"; null when nothing is.</returns>
    public string? WhatIsWrong(long afterPosition, long toPosition)
        => DroppedRecords < 1 ? $"it says that {DroppedRecords} records are gone"
            : HeldFromPosition <= afterPosition + 1 || HeldFromPosition > toPosition + 1 ? $"position {HeldFromPosition} is not behind one of {afterPosition + 1} to {toPosition}"
            : null;
}
