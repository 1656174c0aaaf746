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

    /// <summary>What is known of the state beforehand; null for nothing. Default null.</summary>
    public OrbitPrior? Prior { get; init; }

    /// <summary>Constant biases of each sensor and kind, where <see cref="BiasTreatments"/> has no other word. Default: estimated.</summary>
    public ParameterTreatment BiasTreatment { get; init; }

    /// <summary>Single biases that are treated otherwise. Default: none.</summary>
    public IReadOnlyDictionary<(SensorKey Sensor, MeasurementKind Kind), ParameterTreatment> BiasTreatments { get; init; }
        = new Dictionary<(SensorKey, MeasurementKind), ParameterTreatment>();

    /// <summary>A constant error of each sensor's clock. Default: taken as none.</summary>
    public ParameterTreatment TimeBiasTreatment { get; init; } = ParameterTreatment.Fixed;

    /// <summary>One-sigma trust in the clocks, s. Default 1 ms.</summary>
    public double TimeBiasSigmaS { get; init; } = 1e-3;

    /// <summary>
    /// The error of sensors in orbit that state a covariance of their own: constant in the platform's radial, transverse and normal axes through the fit. Default: considered.
    /// Estimated is worth it where that error is larger than the sensor's noise.
    /// </summary>
    public ParameterTreatment PlatformTreatment { get; init; } = ParameterTreatment.Considered;

    /// <summary>The drag coefficient; it needs arcs of a day or more. Default: estimated.</summary>
    public ParameterTreatment BallisticTreatment { get; init; }

    /// <summary>The radiation pressure coefficient; it needs arcs of a day or more. Default: estimated.</summary>
    public ParameterTreatment RadiationTreatment { get; init; }

    /// <summary>Short for <see cref="BiasTreatment"/>: estimated or fixed.</summary>
    public bool EstimateBiases
    {
        get => BiasTreatment == ParameterTreatment.Estimated;
        init => BiasTreatment = value ? ParameterTreatment.Estimated : ParameterTreatment.Fixed;
    }

    /// <summary>Short for both coefficients: estimated or fixed.</summary>
    public bool EstimateSurface
    {
        get => BallisticTreatment == ParameterTreatment.Estimated && RadiationTreatment == ParameterTreatment.Estimated;
        init => BallisticTreatment = RadiationTreatment = value ? ParameterTreatment.Estimated : ParameterTreatment.Fixed;
    }

    /// <summary>What is thought of the coefficients beforehand. Default: 0.02 m²/kg each.</summary>
    public SurfaceCoefficients Surface { get; init; } = new(0.02, 0.02);

    /// <summary>One-sigma trust in <see cref="Surface"/>. Default: 0.05 m²/kg for drag, whose density is uncertain too, and 0.02 for radiation.</summary>
    public SurfaceCoefficients SurfaceSigma { get; init; } = new(0.05, 0.02);
}
