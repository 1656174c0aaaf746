namespace SsaShare.Orbits;

/// <summary>What a filter estimates beside the orbit.</summary>
internal enum ParameterRole
{
    /// <summary>Of one kind of measurement of a sensor: measured minus true; an azimuth's is of the azimuth itself.</summary>
    Bias,
    /// <summary>A standard error of a sensor's platform (<see cref="PlatformError"/>), in its own sigmas.</summary>
    Platform,
    /// <summary>A component of a sudden change of velocity, km/s, GCRF; nothing measures it but through the orbit.</summary>
    Impulse,
}

/// <summary>A parameter in the state of a filter.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Sensor">Whose; default for none.</param>
/// <param name="Number">The kind of a bias, the number of a platform's error, the component of an impulse.</param>
/// <param name="Mean">What it returns to: of a bias the published figure.</param>
/// <param name="Process">How far it is from there, and for how long.</param>
internal readonly record struct FilterParameter(ParameterRole Role, SensorKey Sensor, int Number, double Mean, GaussMarkov Process)
{
    /// <summary>Of a bias.</summary>
    public MeasurementKind Kind => (MeasurementKind)Number;
}
