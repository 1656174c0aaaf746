namespace SsaShare.Orbits;

/// <summary>Mean elements at one instant: Earth radii and rad.</summary>
internal struct MeanElements
{
    public double SemiMajorAxis, Eccentricity, Inclination, Node, Pericenter, MeanAnomaly;

    /// <summary>Without its sign; not a number where one of them is not.</summary>
    public readonly double LargestAngle => Math.Max(Math.Max(Math.Abs(MeanAnomaly), Math.Abs(Pericenter)), Math.Max(Math.Abs(Node), Math.Abs(Inclination)));
}
