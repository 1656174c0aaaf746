namespace SsaShare.Agreements;

/// <summary>A figure of a degradation profile: how much of one quantity is hidden. Ordered as profiles are ranked.</summary>
public enum DegradedFigure
{
    /// <summary>Noise on each axis of a state's position, km.</summary>
    PositionSigmaKm,
    /// <summary>Noise on a measured range, km.</summary>
    RangeSigmaKm,
    /// <summary>Noise on a measured direction, on the sky and along each of its two axes, degrees.</summary>
    AngleSigmaDeg,
    /// <summary>Noise on a measured range rate, km/s.</summary>
    RangeRateSigmaKmPerS,
    /// <summary>Noise on each axis of a state's velocity, km/s.</summary>
    VelocitySigmaKmPerS,
    /// <summary>Step to which epochs are moved, s.</summary>
    EpochStepS,
    /// <summary>Step of each angle of an element set, degrees.</summary>
    ElementAngleStepDeg,
    /// <summary>Step of the eccentricity of an element set, dimensionless.</summary>
    EccentricityStep,
    /// <summary>Step of the mean motion of an element set, revolutions per day.</summary>
    MeanMotionStepRevPerDay,
}
