namespace SsaShare.Formats;

/// <summary>
/// One set of mean elements as its file says it, in the units of the CCSDS orbit mean-elements message (502.0-B) and of two-line element sets:
/// all that either can say. What a file leaves out is null; what has no property here is among <see cref="Further"/>.
/// </summary>
public sealed record MeanElements
{
    /// <summary>OBJECT_NAME; null where none is given.</summary>
    public string? ObjectName { get; init; }

    /// <summary>OBJECT_ID, the international (COSPAR) designator such as 1998-067A; null where none is given.</summary>
    public string? ObjectId { get; init; }

    /// <summary>NORAD_CAT_ID, up to nine digits; null where none is given.</summary>
    public long? NoradCatId { get; init; }

    /// <summary>CLASSIFICATION_TYPE: U, C or S; null where none is given.</summary>
    public char? ClassificationType { get; init; }

    /// <summary>On the clock of <see cref="TimeSystem"/>.</summary>
    public required ElementEpoch Epoch { get; init; }

    /// <summary>Above 0. Of Kozai for <see cref="EphemerisType"/> 0, of Brouwer for 2 and 4.</summary>
    public required double MeanMotionRevPerDay { get; init; }

    /// <summary>0 up to and without 1.</summary>
    public required double Eccentricity { get; init; }

    /// <summary>0 to 180.</summary>
    public required double InclinationDeg { get; init; }

    /// <summary>-360 to 360, as are the other angles.</summary>
    public required double RightAscensionOfNodeDeg { get; init; }

    public required double ArgumentOfPericenterDeg { get; init; }

    public required double MeanAnomalyDeg { get; init; }

    /// <summary>0 and null: SGP4; 2: SGP4 with Brouwer's mean motion; 4: SGP4-XP.</summary>
    public int? EphemerisType { get; init; }

    public int? ElementSetNumber { get; init; }

    public long? RevolutionAtEpoch { get; init; }

    /// <summary>BSTAR, 1/Earth radii.</summary>
    public double? BStarPerEarthRadii { get; init; }

    /// <summary>BTERM of SGP4-XP, m²/kg; in the columns of BSTAR where the ephemeris type is 4.</summary>
    public double? BTermM2PerKg { get; init; }

    /// <summary>First derivative of the mean motion, halved as element sets have it, rev/day².</summary>
    public double? MeanMotionDotRevPerDay2 { get; init; }

    /// <summary>Second derivative, divided by six as element sets have it, rev/day³.</summary>
    public double? MeanMotionDDotRevPerDay3 { get; init; }

    /// <summary>AGOM of SGP4-XP, m²/kg; in the columns of the second derivative where the ephemeris type is 4.</summary>
    public double? AgomM2PerKg { get; init; }

    /// <summary>CENTER_NAME; what element sets that do not say so are about.</summary>
    public string CenterName { get; init; } = "EARTH";

    /// <summary>REF_FRAME.</summary>
    public string ReferenceFrame { get; init; } = "TEME";

    /// <summary>TIME_SYSTEM.</summary>
    public string TimeSystem { get; init; } = "UTC";

    /// <summary>MEAN_ELEMENT_THEORY.</summary>
    public string MeanElementTheory { get; init; } = "SGP4";

    /// <summary>What else the file says, in its order: the message's header, covariance, user-defined keywords, a publisher's own columns.</summary>
    public FurtherFields Further { get; init; } = FurtherFields.None;

    /// <summary>The catalog number is one of those that are given to objects not yet identified, and given again to others later: 80000 to 89999 and 270000 to 339999.</summary>
    public bool IsAnalystObject => NoradCatId is >= 80_000 and <= 89_999 or >= 270_000 and <= 339_999;

    /// <summary>All that is not written in an element set is what element sets mean: about the Earth, in TEME, UTC, for SGP4, or for SGP4-XP where the ephemeris type says so.</summary>
    internal bool IsConventional => Unconventional is null;

    /// <summary>The first keyword that makes these no conventional elements; null where they are.</summary>
    internal string? Unconventional => !Is(CenterName, "EARTH") ? "CENTER_NAME"
        : !Is(ReferenceFrame, "TEME") ? "REF_FRAME"
        : !Is(TimeSystem, "UTC") ? "TIME_SYSTEM"
        : !(EphemerisType == XpType ? Is(MeanElementTheory, XpTheory) : Is(MeanElementTheory, "SGP4") || Is(MeanElementTheory, "SGP/SGP4")) ? "MEAN_ELEMENT_THEORY"
        : null;

    /// <summary>Elements of SGP4-XP say so by their ephemeris type and, in messages, by their theory.</summary>
    internal const int XpType = 4;

    /// <inheritdoc cref="XpType"/>
    internal const string XpTheory = "SGP4-XP";

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
