using System.Collections.Immutable;
using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Collects one metadata section and says what its data mean, or why they cannot be taken.</summary>
/// <remarks>CCSDS 503.0-B-2 section 3.3. Grows with the section, which is bounded: each keyword is taken once, and comments up to a limit.</remarks>
internal sealed class TdmMetadata(long firstLine)
{
    private const int MostComments = 100;

    private static readonly HashSet<string> Known =
    [
        .. new[]
        {
            "TRACK_ID", "DATA_TYPES", "TIME_SYSTEM", "START_TIME", "STOP_TIME", "PARTICIPANT_n", "MODE", "PATH", "PATH_1", "PATH_2", "EPHEMERIS_NAME_n", "TRANSMIT_BAND",
            "RECEIVE_BAND", "TURNAROUND_NUMERATOR", "TURNAROUND_DENOMINATOR", "TIMETAG_REF", "INTEGRATION_INTERVAL", "INTEGRATION_REF", "FREQ_OFFSET", "RANGE_MODE",
            "RANGE_MODULUS", "RANGE_UNITS", "ANGLE_TYPE", "REFERENCE_FRAME", "INTERPOLATION", "INTERPOLATION_DEGREE", "DOPPLER_COUNT_BIAS", "DOPPLER_COUNT_SCALE",
            "DOPPLER_COUNT_ROLLOVER", "TRANSMIT_DELAY_n", "RECEIVE_DELAY_n", "DATA_QUALITY", "CORRECTION_ANGLE_1", "CORRECTION_ANGLE_2", "CORRECTION_DOPPLER",
            "CORRECTION_MAG", "CORRECTION_RANGE", "CORRECTION_RCS", "CORRECTION_RECEIVE", "CORRECTION_TRANSMIT", "CORRECTION_ABERRATION_YEARLY",
            "CORRECTION_ABERRATION_DIURNAL", "CORRECTIONS_APPLIED",
        }.SelectMany(TdmDataKeyword.Numbered),
    ];

    private readonly Dictionary<string, (string Value, long Line)> _values = [];
    private readonly List<string> _comments = [];

    public long FirstLine => firstLine;

    public void AddComment(string comment)
    {
        if (_comments.Count < MostComments) _comments.Add(comment);
    }

    /// <returns>Null, or why the line cannot be taken.</returns>
    public TdmComplaint? Add(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value, long line)
    {
        string name = ReadIssue.Show(keyword), text = ReadIssue.Show(value);
        if (!Known.Contains(name)) return new(line, name, text, "not a metadata keyword of CCSDS 503.0-B-2", "correct or remove it; an unknown keyword could change what the data mean");
        if (value.IsEmpty) return new(line, name, text, "no value", "give one or remove the line");
        if (value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) && name.StartsWith("PARTICIPANT", StringComparison.Ordinal))
            return new(line, name, text, "other than printable ASCII", "name participants in ASCII");
        return _values.TryAdd(name, (System.Text.Encoding.Latin1.GetString(value), line))
            ? null
            : new(line, name, text, $"given before on line {_values[name].Line}", "give each keyword once");
    }

    /// <summary>What the section means.</summary>
    /// <returns>The segment, or complaints each of which is a reason to refuse it.</returns>
    public TdmSegmentRules? Interpret(Func<SensorId, bool>? isKnownSensor, List<TdmComplaint> complaints)
    {
        var system = ReadTimeSystem(complaints);
        var (sensor, tag, roundTrip) = IsSequential(complaints) ? ReadPath(isKnownSensor, complaints) : default;
        if (Is("TIMETAG_REF", "TRANSMIT"))
            complaints.Add(Complaint("TIMETAG_REF", "time tags at transmission are not supported", "give the time of reception"));
        if (Has("DATA_QUALITY") && !Is("DATA_QUALITY", "RAW") && !Is("DATA_QUALITY", "VALIDATED"))
            complaints.Add(Complaint("DATA_QUALITY", "only RAW and VALIDATED data are taken", "leave degraded data out"));
        if (complaints.Count > 0 || sensor is null) return null;
        var segment = new TdmSegment(firstLine, sensor.Value, tag, system, roundTrip, Value("DATA_QUALITY").ToUpperInvariant(), _comments.ToImmutableArray());
        return TdmSegmentRules.Create(segment, this);
    }

    public bool Has(string name) => _values.ContainsKey(name);
    public string Value(string name) => _values.TryGetValue(name, out var found) ? found.Value : "";
    public long Line(string name) => _values.TryGetValue(name, out var found) ? found.Line : firstLine;
    public bool Is(string name, string value) => Value(name).Equals(value, StringComparison.OrdinalIgnoreCase);
    public bool TryNumber(string name, out double value)
        => double.TryParse(Value(name), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public TdmComplaint Complaint(string name, string reason, string remedy)
        => new(Line(name), name, ReadIssue.Show(System.Text.Encoding.Latin1.GetBytes(Value(name))), reason, remedy);

    private TdmTimeSystem ReadTimeSystem(List<TdmComplaint> complaints)
    {
        var system = Value("TIME_SYSTEM").ToUpperInvariant() switch
        {
            "UTC" => TdmTimeSystem.Utc,
            "TAI" => TdmTimeSystem.Tai,
            "TT" => TdmTimeSystem.Tt,
            "GPS" => TdmTimeSystem.Gps,
            _ => TdmTimeSystem.Unspecified,
        };
        if (system == TdmTimeSystem.Unspecified)
            complaints.Add(Has("TIME_SYSTEM") ? Complaint("TIME_SYSTEM", "not a supported time system", "use UTC, TAI, TT or GPS") : Missing("TIME_SYSTEM"));
        return system;
    }

    private bool IsSequential(List<TdmComplaint> complaints)
    {
        if (Is("MODE", "SEQUENTIAL")) return true;
        if (!Has("MODE")) complaints.Add(Complaint("MODE", "mandatory for tracking data and missing", "add it; clock, media and weather data, which need none, are not kept"));
        else complaints.Add(Complaint("MODE", "differenced data are not supported", "give each sensor's own measurements with MODE = SEQUENTIAL"));
        return false;
    }

    /// <summary>The sensor is where the signal ends: 2,1 and 1,2,1 both name participant 1.</summary>
    private (SensorId? Sensor, string ObjectTag, bool IsRoundTrip) ReadPath(Func<SensorId, bool>? isKnownSensor, List<TdmComplaint> complaints)
    {
        if (!Has("PATH"))
        {
            complaints.Add(Missing("PATH"));
            return default;
        }
        string[] stops = Value("PATH").Split(',', StringSplitOptions.TrimEntries);
        bool oneWay = stops.Length == 2 && stops[0] != stops[1], roundTrip = stops.Length == 3 && stops[0] == stops[2] && stops[0] != stops[1];
        if (!oneWay && !roundTrip)
        {
            complaints.Add(Complaint("PATH", "neither object to sensor nor sensor to object to sensor", "split the data, or leave multi-static data out"));
            return default;
        }
        string observer = $"PARTICIPANT_{stops[^1]}", seen = $"PARTICIPANT_{stops[^2]}";
        if (!Has(observer)) complaints.Add(Missing(observer));
        if (!Has(seen)) complaints.Add(Missing(seen));
        if (!Has(observer) || !Has(seen)) return default;
        if (SensorId.TryParse(Value(observer), out var sensor))
        {
            if (isKnownSensor?.Invoke(sensor) == false) complaints.Add(Complaint(observer, "not a sensor of this publisher", "register the sensor first, or correct the name") with { MayPass = true });
            return (sensor, Value(seen), roundTrip);
        }
        complaints.Add(Complaint(observer, "not a sensor id", "use up to 64 of A-Z, a-z, 0-9, '-', '_' and '.', as in the sensor's description"));
        return default;
    }

    private TdmComplaint Missing(string name) => new(firstLine, name, "", "mandatory for tracking data and missing", "add it to the metadata");
}

/// <summary>An issue before it knows its file and severity.</summary>
internal readonly record struct TdmComplaint(long Line, string Field, string Value, string Reason, string Remedy)
{
    /// <inheritdoc cref="ReadIssue.MayPass"/>
    public bool MayPass { get; init; }
}
