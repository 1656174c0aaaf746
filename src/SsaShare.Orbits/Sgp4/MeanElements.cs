namespace SsaShare.Orbits;

/// <summary>Mean elements at one instant: Earth radii and rad.</summary>
internal struct MeanElements
{
    public double SemiMajorAxis, Eccentricity, Inclination, Node, Pericenter, MeanAnomaly;
}
