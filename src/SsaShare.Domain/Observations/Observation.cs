namespace SsaShare.Domain;

/// <summary>One measurement by a ground sensor: what was seen, when, by which sensor; at least one measured quantity.</summary>
/// <param name="Sensor">The sensor, of the originator of the record.</param>
/// <param name="Epoch">When the signal was at the sensor's reference time tag.</param>
/// <param name="RangeKm">One-way distance from sensor to object, km, not corrected for bias or atmosphere.</param>
/// <param name="AzimuthRad">Clockwise from geodetic north, 0 to 2π.</param>
/// <param name="ElevationRad">Above the geodetic horizon, -π/2 to π/2.</param>
/// <param name="RangeRateKmPerS">Positive when receding.</param>
/// <param name="ObjectTag">The object as the sensor's operator tagged it, for example "5398". A hint, never trusted.</param>
public sealed record Observation(
    SensorId Sensor,
    Epoch Epoch,
    double? RangeKm,
    double? AzimuthRad,
    double? ElevationRad,
    double? RangeRateKmPerS,
    string? ObjectTag);
