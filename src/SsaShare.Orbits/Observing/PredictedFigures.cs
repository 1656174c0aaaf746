namespace SsaShare.Orbits;

/// <summary>What a sensor should measure of a state, without noise and bias: every kind that its observer can measure, NaN for the others.</summary>
/// <param name="RangeKm">Distance; half the way of the signal where it goes both ways.</param>
/// <param name="AzimuthRad">From north through east, 0 to 2π; NaN for an observer without a horizon.</param>
/// <param name="ElevationRad">Above the geodetic horizon; NaN for an observer without one.</param>
/// <param name="RangeRateKmPerS">Positive when receding.</param>
/// <param name="RightAscensionRad">In the sensor's frame of angles, 0 to 2π.</param>
/// <param name="DeclinationRad">In the same.</param>
public readonly record struct PredictedFigures(
    double RangeKm, double AzimuthRad, double ElevationRad, double RangeRateKmPerS, double RightAscensionRad, double DeclinationRad)
{
    /// <summary>The figure of one kind.</summary>
    public double Of(MeasurementKind kind) => kind switch
    {
        MeasurementKind.Range => RangeKm,
        MeasurementKind.Azimuth => AzimuthRad,
        MeasurementKind.Elevation => ElevationRad,
        MeasurementKind.RangeRate => RangeRateKmPerS,
        MeasurementKind.RightAscension => RightAscensionRad,
        MeasurementKind.Declination => DeclinationRad,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// By which a difference of this kind is multiplied to count across the line of sight: cosine of elevation for azimuth, of declination for right ascension, else 1.
    /// Residuals, noises and partials of every estimator are formed with it.
    /// </summary>
    public double Across(MeasurementKind kind) => kind switch
    {
        MeasurementKind.Azimuth => Math.Cos(ElevationRad),
        MeasurementKind.RightAscension => Math.Cos(DeclinationRad),
        _ => 1,
    };

    /// <summary>Measured minus predicted: km, rad across the line of sight, rad, km/s, rad across the line of sight, rad.</summary>
    /// <param name="kind">Of which kind.</param>
    /// <param name="measured">The measurement with its bias taken off.</param>
    public double Residual(MeasurementKind kind, double measured)
    {
        double difference = measured - Of(kind);
        return kind is MeasurementKind.Azimuth or MeasurementKind.RightAscension ? Math.IEEERemainder(difference, Math.Tau) * Across(kind) : difference;
    }
}
