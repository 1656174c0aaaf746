namespace SsaShare.Orbits;

/// <summary>How a batch fit is done. The defaults suit radar observations over days.</summary>
public sealed record OrbitFitOptions
{
    /// <summary>Most corrections before the fit is given up. Default 25.</summary>
    public int MaxIterations { get; init; } = 25;

    /// <summary>
    /// An observation is left out when one of its residuals exceeds this many times its noise, the noise taken as the larger of the
    /// sensor's figure and the robust scatter of that sensor's residuals. Default 5.
    /// </summary>
    public double RejectBeyondSigmas { get; init; } = 5;

    /// <summary>Whether constant biases of each sensor are estimated, or the published ones kept.</summary>
    public bool EstimateBiases { get; init; } = true;

    /// <summary>Whether the ballistic and radiation coefficients are estimated; they need arcs of a day or more.</summary>
    public bool EstimateSurface { get; init; } = true;

    /// <summary>What is thought of the coefficients beforehand. Default: 0.02 m²/kg each.</summary>
    public SurfaceCoefficients Surface { get; init; } = new(0.02, 0.02);

    /// <summary>One-sigma trust in <see cref="Surface"/>. Default: 0.1 m²/kg for drag, whose density is uncertain too, and 0.02 for radiation.</summary>
    public SurfaceCoefficients SurfaceSigma { get; init; } = new(0.1, 0.02);
}
