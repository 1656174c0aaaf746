using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>Several sensors in one JSON file, figures in the units of their names.</summary>
/// <remarks>
/// <para>{ "format": "ssashare-sensors/1", "sensors": [ {...}, ... ] }. Each sensor has an id, and where it is: latitude_deg and longitude_deg (WGS 84, east positive) with height_m (above the ellipsoid), or
/// position_m (x, y, z; ITRF), or platform_ephemeris (a file with the track of a platform in orbit, relative to this file).</para>
/// <para>All else may be left out: name, owner, source (free text); sigma_ and bias_ (measured less true) with range_m, azimuth_deg, elevation_deg, range_rate_m_per_s, right_ascension_deg, declination_deg, sigmas of azimuth and
/// right ascension across the line of sight; time_tag (reflection, reception, transmission), refraction (none, radio, laser), angle_frame (gcrf, eme2000, teme, true_of_date), centre_of_mass_m (by how much ranges fall short of those to the centre of mass: 0.251 for LAGEOS). A position may have velocity_m_per_year (x, y, z) with position_epoch (UTC).
/// A field with another name is refused. A file of one sensor, "ssashare-sensor/1", is read as a list of one.</para>
/// </remarks>
public static class SensorListFile
{
    public const string Format = "ssashare-sensors/1";

    private const double RadPerDeg = Math.PI / 180, KmPerM = 1e-3;

    /// <summary>Reads the whole file; total.</summary>
    /// <param name="issues">Receives every fault found; a sensor with one is left out.</param>
    public static IReadOnlyList<SensorDescription> Read(ReadOnlySpan<byte> json, string fileName, List<ReadIssue> issues)
    {
        var sensors = new List<SensorDescription>();
        string? format = null;
        bool hasList = false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 6 });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) Refuse(1, "file", "not a JSON object", "begin with {");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                long line = FlatJson.LineAt(json, reader.TokenStartIndex);
                string name = reader.GetString()!;
                reader.Read();
                if (name == "format" && reader.TokenType == JsonTokenType.String) format = reader.GetString();
                else if (name == "sensors" && reader.TokenType == JsonTokenType.StartArray)
                {
                    hasList = true;
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        int from = (int)reader.TokenStartIndex;
                        reader.Skip();
                        if (Sensor(json[from..(int)reader.BytesConsumed], FlatJson.LineAt(json, from), fileName, issues) is { } sensor) sensors.Add(sensor);
                    }
                }
                else
                {
                    reader.Skip();
                    if (format != SensorFile.Format) Refuse(line, name, "not a field of a file of sensors", "format and sensors are");
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or an unpaired surrogate.
            Refuse(e is JsonException { LineNumber: { } line } ? line + 1 : FlatJson.LineAt(json, reader.TokenStartIndex), "file", "not valid JSON", "correct the syntax at this line");
            return sensors;
        }
        if (format == SensorFile.Format && !hasList)
        {
            if (SensorFile.Read(json, fileName, issues) is { } one) sensors.Add(Of(one));
        }
        else if (format != Format) Refuse(1, "format", $"expected \"{Format}\"", "add or correct it");
        else if (!hasList) Refuse(1, "sensors", "missing: the list of sensors", "add it");
        return format is Format or SensorFile.Format ? sensors : [];

        void Refuse(long line, string field, string reason, string remedy)
            => issues.Add(new ReadIssue(fileName, line, IssueSeverity.Refused, ReadIssue.Show(System.Text.Encoding.UTF8.GetBytes(field)), "", reason, remedy));
    }

    private static SensorDescription? Sensor(ReadOnlySpan<byte> json, long line, string fileName, List<ReadIssue> issues)
    {
        int before = issues.Count;
        if (FlatJson.Read(json, fileName, issues, line) is not { } fields) return null;
        var id = fields.SensorId("id");
        string? name = fields.OptionalText("name", 200), platform = fields.OptionalText("platform_ephemeris", 1_000);
        fields.Remark("owner");
        fields.Remark("source");
        var position = fields.OptionalVector("position_m", -7_000_000, 7_000_000);
        var velocity = fields.OptionalVector("velocity_m_per_year", -1, 1);
        Epoch? positionEpoch = fields.Has("position_epoch") ? fields.Time("position_epoch") : null;
        if (velocity is null != positionEpoch is null && issues.Count == before) fields.Refuse("velocity_m_per_year", "velocity_m_per_year and position_epoch belong together", "give both or none");
        Geodetic? site = null;
        if (fields.Has("latitude_deg") || fields.Has("longitude_deg") || fields.Has("height_m"))
        {
            double? latitude = fields.Number("latitude_deg", -90, 90, "geodetic latitude"), longitude = fields.Number("longitude_deg", -180, 360, "east longitude"), height = fields.Number("height_m", -500, 10_000, "height above the ellipsoid");
            if (latitude is not null && longitude is not null && height is not null) site = new Geodetic(latitude.Value * RadPerDeg, Math.IEEERemainder(longitude.Value, 360) * RadPerDeg, height.Value * KmPerM);
        }
        int places = (site is null ? 0 : 1) + (position is null ? 0 : 1) + (platform is null ? 0 : 1);
        if (places != 1 && issues.Count == before) fields.Refuse("latitude_deg", places == 0 ? "where it is is missing" : "more than one place", "give latitude_deg, longitude_deg and height_m, or position_m, or platform_ephemeris");
        if (position is { } earthFixed)
        {
            if (EphemerisPlaces.Geodetic(earthFixed * KmPerM) is { } found && found.HeightKm is >= -0.5 and <= 10) site = found;
            else fields.Refuse("position_m", "not on the ground", "give metres from the Earth's centre, ITRF");
        }
        var sigma = Figures(fields, "sigma", positive: true);
        var bias = Figures(fields, "bias", positive: false);
        var tag = fields.Has("time_tag") ? fields.Word<SensorTimeTag>("time_tag") : null;
        var refraction = fields.Has("refraction") ? fields.Word<SensorRefraction>("refraction") : null;
        var frame = fields.Has("angle_frame") ? fields.Word<SensorAngleFrame>("angle_frame") : null;
        double? centre = fields.OptionalNumber("centre_of_mass_m", -100, 100, "m");
        fields.RefuseOthers();
        if (issues.Count > before) return null;
        return new SensorDescription
        {
            Id = id!.Value.Value, Name = name, Site = site, PositionKm = position * KmPerM, VelocityKmPerYear = velocity * KmPerM, PositionEpoch = positionEpoch, PlatformEphemeris = platform, Sigma = sigma, Bias = bias,
            TimeTag = tag ?? default, Refraction = refraction ?? default, AngleFrame = frame ?? default, CentreOfMassOffsetKm = centre * KmPerM, Line = line,
        };
    }

    private static SensorFigures Figures(FlatJson fields, string kind, bool positive)
    {
        double? Read(string name, double most, string unit) => fields.OptionalNumber($"{kind}_{name}", positive ? most * 1e-9 : -most, most, $"{kind} in {unit}");
        return new SensorFigures(
            Read("range_m", 100_000, "m") * KmPerM,
            Read("azimuth_deg", 10, "degrees") * RadPerDeg,
            Read("elevation_deg", 10, "degrees") * RadPerDeg,
            Read("range_rate_m_per_s", 10_000, "m/s") * KmPerM,
            Read("right_ascension_deg", 10, "degrees") * RadPerDeg,
            Read("declination_deg", 10, "degrees") * RadPerDeg);
    }

    private static SensorDescription Of(Sensor sensor) => new()
    {
        Id = sensor.Id.Value, Name = sensor.Name, Site = sensor.Site, Line = 1,
        Sigma = new SensorFigures(sensor.Sigma.RangeKm, sensor.Sigma.AzimuthRad, sensor.Sigma.ElevationRad, sensor.Sigma.RangeRateKmPerS),
        Bias = new SensorFigures(sensor.Bias.RangeKm, sensor.Bias.AzimuthRad, sensor.Bias.ElevationRad, sensor.Bias.RangeRateKmPerS),
    };
}
