namespace SsaShare.Formats;

/// <summary>
/// One thing in a file of ephemerides, in the order of the file: header, comments, a segment, its points, covariances and records, the segment's end.
/// Values equal each other as data: what was written by a format and read back by it is equal to what was read at first.
/// </summary>
public abstract record EphemerisItem
{
    private protected EphemerisItem()
    {
    }
}

/// <summary>What stands before the first segment: who made the file, when, in which version of its format.</summary>
public sealed record EphemerisHeader : EphemerisItem
{
    /// <summary>Of the format, as the file says; null where it says none.</summary>
    public string? Version { get; init; }

    /// <summary>The agency, operator or program.</summary>
    public string? Source { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public EphemerisTime? Created { get; init; }

    public EphemerisFields Extras { get; init; } = EphemerisFields.None;
}

/// <summary>A line for people, where it stood.</summary>
public sealed record EphemerisComment(string Text) : EphemerisItem;

/// <summary>A record that only its format knows, such as the earth orientation in a laser ranging prediction.</summary>
/// <param name="Kind">The format's name and that of the record: CPF_70.</param>
/// <param name="Values">In the order and with the digits of the file.</param>
public sealed record EphemerisRecord(string Kind, EphemerisFields Values) : EphemerisItem;

/// <summary>The segment has no more points. Follows every <see cref="EphemerisSegment"/> that was given, also where the file broke off.</summary>
public sealed record EphemerisSegmentEnd : EphemerisItem;
