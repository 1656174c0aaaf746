namespace SsaShare.Domain;

/// <summary>A ground sensor as its owner describes it.</summary>
/// <param name="Id">Unique within its owner.</param>
/// <param name="Owner">The partner that operates it and originates its observations.</param>
/// <param name="Name">For people.</param>
/// <param name="Site">WGS 84.</param>
/// <param name="Sigma">One-sigma noise of each kind of measurement; null where it does not measure that kind.</param>
/// <param name="Bias">Published bias (measured minus true) of each kind; null where none is given.</param>
public sealed record Sensor(SensorId Id, PartnerId Owner, string Name, Geodetic Site, MeasurementFigures Sigma, MeasurementFigures Bias);

/// <summary>One figure for each kind of measurement: km, rad, rad, km/s.</summary>
public sealed record MeasurementFigures(double? RangeKm, double? AzimuthRad, double? ElevationRad, double? RangeRateKmPerS);
