using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One figure for each kind of measurement, null where there is none: km, rad, rad, km/s, rad, rad.</summary>
/// <param name="RangeKm">Distance.</param>
/// <param name="AzimuthRad">From north through east.</param>
/// <param name="ElevationRad">Above the geodetic horizon.</param>
/// <param name="RangeRateKmPerS">Positive when receding.</param>
/// <param name="RightAscensionRad">From the equinox (or origin) of the sensor's <see cref="AngleFrame"/> eastwards.</param>
/// <param name="DeclinationRad">From the equator of the same frame northwards.</param>
public sealed record TrackingFigures(
    double? RangeKm = null, double? AzimuthRad = null, double? ElevationRad = null, double? RangeRateKmPerS = null,
    double? RightAscensionRad = null, double? DeclinationRad = null)
{
    /// <summary>No figure at all.</summary>
    public static TrackingFigures None { get; } = new();

    /// <summary>The same figures of the domain, which knows the kinds that a radar measures.</summary>
    public static TrackingFigures From(MeasurementFigures figures)
        => new(figures.RangeKm, figures.AzimuthRad, figures.ElevationRad, figures.RangeRateKmPerS);

    /// <summary>The figure of one kind.</summary>
    public double? Of(MeasurementKind kind) => kind switch
    {
        MeasurementKind.Range => RangeKm,
        MeasurementKind.Azimuth => AzimuthRad,
        MeasurementKind.Elevation => ElevationRad,
        MeasurementKind.RangeRate => RangeRateKmPerS,
        MeasurementKind.RightAscension => RightAscensionRad,
        MeasurementKind.Declination => DeclinationRad,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
