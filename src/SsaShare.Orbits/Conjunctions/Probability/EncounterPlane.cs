namespace SsaShare.Orbits;

/// <summary>A short encounter seen along the relative velocity, in the principal axes of the combined error: all that a probability in two dimensions needs.</summary>
/// <param name="MissMajorKm">Where the second object passes, along the longer axis.</param>
/// <param name="MissMinorKm">Likewise, along the shorter one.</param>
/// <param name="SigmaMajorKm">Of the combined error along the longer axis, above 0.</param>
/// <param name="SigmaMinorKm">Likewise along the shorter one, above 0.</param>
/// <param name="RadiusKm">Of the disc that stands for both bodies, above 0.</param>
public readonly record struct EncounterPlane(double MissMajorKm, double MissMinorKm, double SigmaMajorKm, double SigmaMinorKm, double RadiusKm)
{
    /// <summary>Square of the miss in units of its own uncertainty.</summary>
    public double MahalanobisSquared
    {
        get
        {
            double major = MissMajorKm / SigmaMajorKm, minor = MissMinorKm / SigmaMinorKm;
            return major * major + minor * minor;
        }
    }

    /// <summary>The same with both sigmas multiplied.</summary>
    public EncounterPlane Scaled(double factor) => this with { SigmaMajorKm = SigmaMajorKm * factor, SigmaMinorKm = SigmaMinorKm * factor };

    /// <exception cref="ArgumentException">A figure is not finite, or a sigma or the radius not above 0.</exception>
    internal void Check()
    {
        if (!double.IsFinite(MissMajorKm) || !double.IsFinite(MissMinorKm) || !(SigmaMajorKm > 0) || !(SigmaMinorKm > 0) || !(RadiusKm > 0)
            || !double.IsFinite(SigmaMajorKm) || !double.IsFinite(SigmaMinorKm) || !double.IsFinite(RadiusKm))
            throw new ArgumentException($"Sigmas and radius are above 0 and all is finite: {this}.");
    }
}
