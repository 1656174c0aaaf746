namespace SsaShare.Orbits;

/// <summary>How a batch fit is done. The defaults suit radar observations over days.</summary>
public sealed record OrbitFitOptions
{
    /// <summary>Most corrections before the fit is given up. Default 40.</summary>
    public int MaxIterations { get; init; } = 40;

    /// <summary>
    /// An observation is left out when one of its residuals exceeds this many times its noise, the noise taken as the larger of the
    /// sensor's figure and the robust scatter of that sensor's residuals. Default 5.
    /// </summary>
    public double RejectBeyondSigmas { get; init; } = 5;

    /// <summary>
    /// Errors of one sensor that lie closer together in time than this are one error, not several: tracking, refraction and calibration
    /// change slowly. An observation with n neighbours of its sensor within half of it on either side, itself included, weighs 1/n.
    /// Default 60 s; 0 takes every observation as independent.
    /// </summary>
    public double CorrelationSeconds { get; init; } = 60;

    /// <summary>Whether constant biases of each sensor are estimated, or the published ones kept.</summary>
    public bool EstimateBiases { get; init; } = true;

    /// <summary>Whether the ballistic and radiation coefficients are estimated; they need arcs of a day or more.</summary>
    public bool EstimateSurface { get; init; } = true;

    /// <summary>What is thought of the coefficients beforehand. Default: 0.02 m²/kg each.</summary>
    public SurfaceCoefficients Surface { get; init; } = new(0.02, 0.02);

    /// <summary>One-sigma trust in <see cref="Surface"/>. Default: 0.05 m²/kg for drag, whose density is uncertain too, and 0.02 for radiation.</summary>
    public SurfaceCoefficients SurfaceSigma { get; init; } = new(0.05, 0.02);
}
