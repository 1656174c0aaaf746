namespace SsaShare.Domain;

/// <summary>Mean elements for the SGP4 theory, true equator and mean equinox of date, as a CCSDS OMM or a two-line element set carries them.</summary>
/// <param name="ObjectTag">The object as its originator tags it, for example "25544". A hint, never trusted.</param>
/// <param name="Epoch">Of the elements.</param>
/// <param name="MeanMotionRevPerDay">Of Kozai, as two-line element sets have it; above 0.</param>
/// <param name="Eccentricity">0 up to and without 1.</param>
/// <param name="InclinationRad">0 to π.</param>
/// <param name="RightAscensionOfNodeRad">0 to 2π.</param>
/// <param name="ArgumentOfPericenterRad">0 to 2π.</param>
/// <param name="MeanAnomalyRad">0 to 2π.</param>
/// <param name="BStarPerEarthRadii">Drag term, 1/Earth radii.</param>
/// <param name="MeanMotionDotRevPerDay2">First derivative of the mean motion, halved as in two-line element sets, rev/day².</param>
/// <param name="MeanMotionDDotRevPerDay3">Second derivative, divided by six as in two-line element sets, rev/day³.</param>
public sealed record ElementSet(
    string? ObjectTag,
    Epoch Epoch,
    double MeanMotionRevPerDay,
    double Eccentricity,
    double InclinationRad,
    double RightAscensionOfNodeRad,
    double ArgumentOfPericenterRad,
    double MeanAnomalyRad,
    double BStarPerEarthRadii,
    double MeanMotionDotRevPerDay2,
    double MeanMotionDDotRevPerDay3);
