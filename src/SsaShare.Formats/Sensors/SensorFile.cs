namespace SsaShare.Formats;

/// <summary>A sensor's description as its owner publishes it: one JSON object, figures in the units of their names.</summary>
/// <remarks>
/// Fields: format ("ssashare-sensor/1"), id, owner, name, source (free text, may be left out), latitude_deg and longitude_deg (WGS 84, east
/// positive), height_m (above the ellipsoid), sigma_ and bias_ with range_m, azimuth_deg, elevation_deg and range_rate_m_per_s (left out or
/// null where the sensor does not measure it or no figure is given). Degrees and metres become radians and kilometres here.
/// </remarks>
public static class SensorFile
{
    public const string Format = "ssashare-sensor/1";
    private const double RadPerDeg = Math.PI / 180;
    private const double KmPerM = 1e-3;

    /// <summary>Reads one description; total.</summary>
    /// <param name="json">The whole file.</param>
    /// <param name="fileName">The name that issues carry.</param>
    /// <param name="issues">Receives every fault found.</param>
    /// <returns>The sensor, or null when there was any fault.</returns>
    public static Sensor? Read(ReadOnlySpan<byte> json, string fileName, List<ReadIssue> issues)
    {
        int before = issues.Count;
        if (FlatJson.Read(json, fileName, issues) is not { } fields) return null;
        if (fields.Text("format", $"\"{Format}\"") is { } format && format != Format) fields.Refuse("format", $"expected \"{Format}\"", "convert the file");
        var id = fields.SensorId("id");
        var owner = fields.PartnerId("owner");
        string? name = fields.Text("name", "a name for people");
        fields.Remark("source");
        double? latitude = fields.Number("latitude_deg", -90, 90, "geodetic latitude"), longitude = fields.Number("longitude_deg", -180, 360, "east longitude");
        double? height = fields.Number("height_m", -500, 10_000, "height above the ellipsoid");
        var sigma = Figures(fields, "sigma", positive: true);
        var bias = Figures(fields, "bias", positive: false);
        if (sigma is { RangeKm: null, AzimuthRad: null, ElevationRad: null, RangeRateKmPerS: null }) fields.Refuse("sigma_range_m", "no sigma at all", "give one for each kind of measurement");
        fields.RefuseOthers();
        if (issues.Count > before) return null;
        double east = longitude!.Value > 180 ? longitude.Value - 360 : longitude.Value;
        return new Sensor(id!.Value, owner!.Value, name!, new Geodetic(latitude!.Value * RadPerDeg, east * RadPerDeg, height!.Value * KmPerM), sigma, bias);
    }

    private static MeasurementFigures Figures(FlatJson fields, string kind, bool positive)
    {
        double? Read(string name, double most, string unit)
            => fields.OptionalNumber($"{kind}_{name}", positive ? most * 1e-9 : -most, most, $"{kind} in {unit}");
        return new MeasurementFigures(
            Read("range_m", 100_000, "m") * KmPerM,
            Read("azimuth_deg", 10, "degrees") * RadPerDeg,
            Read("elevation_deg", 10, "degrees") * RadPerDeg,
            Read("range_rate_m_per_s", 10_000, "m/s") * KmPerM);
    }
}
