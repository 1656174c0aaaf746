using System.Globalization;

namespace SsaShare.Formats;

/// <summary>What the metadata of a segment of a tracking data message mean for its observations (CCSDS 503.0-B-2 section 3.3). Immutable.</summary>
internal sealed class ObservationSegment
{
    private const double LightKmPerS = 299_792.458;
    private readonly string? _rangeFault, _angleFault;
    private double _scale, _rangeCorrection, _rateCorrection;
    private bool _isRoundTrip;

    private ObservationSegment(string? rangeFault, string? angleFault) => (_rangeFault, _angleFault) = (rangeFault, angleFault);

    public required string Station { get; init; }

    public required ObservedObject Target { get; init; }

    public required TdmTimeSystem System { get; init; }

    public TimeTagEvent Event { get; private init; }

    /// <summary>Null where the angles are of another kind.</summary>
    public AngleKind? Kind { get; private init; }

    public string? AngleType { get; private init; }

    public string? Frame { get; private init; }

    public Equinox Equinox { get; private init; }

    public double Correction1 { get; private set; }

    public double Correction2 { get; private set; }

    /// <param name="wrong">The keyword because of which there is no meaning, why, and what to do.</param>
    public static ObservationSegment? Of(IReadOnlyDictionary<string, NdmEvent> metadata, out (string Keyword, string Reason, string Remedy)? wrong)
    {
        string Text(string name) => metadata.TryGetValue(name, out var one) ? one.Text : "";
        wrong = null;
        var system = Text("TIME_SYSTEM").ToUpperInvariant() switch { "UTC" => TdmTimeSystem.Utc, "TAI" => TdmTimeSystem.Tai, "TT" => TdmTimeSystem.Tt, "GPS" => TdmTimeSystem.Gps, _ => TdmTimeSystem.Unspecified };
        string[] stops = Text("PATH").Split(',', StringSplitOptions.TrimEntries);
        bool isOneWay = stops.Length == 2 && stops[0] != stops[1], isRoundTrip = stops.Length == 3 && stops[0] == stops[2] && stops[0] != stops[1];
        if (system == TdmTimeSystem.Unspecified) wrong = ("TIME_SYSTEM", "not a time system that observations are kept in", "use UTC, TAI, TT or GPS");
        else if (!Text("MODE").Equals("SEQUENTIAL", StringComparison.OrdinalIgnoreCase)) wrong = ("MODE", "not one station's own measurements", "give them with MODE = SEQUENTIAL");
        else if (!isOneWay && !isRoundTrip) wrong = ("PATH", "neither object to station nor station to object to station", "split the data");
        else if (Text($"PARTICIPANT_{stops[^1]}").Length == 0 || Text($"PARTICIPANT_{stops[^2]}").Length == 0) wrong = ("PATH", "a participant of it is not named", "name them");
        if (wrong is not null) return null;
        string type = Text("ANGLE_TYPE").ToUpperInvariant(), frame = Text("REFERENCE_FRAME"), units = Text("RANGE_UNITS");
        AngleKind? kind = type switch { "AZEL" => AngleKind.AzimuthElevation, "RADEC" => AngleKind.RightAscensionDeclination, _ => null };
        double scale = units.Equals("s", StringComparison.OrdinalIgnoreCase) ? LightKmPerS : 1;
        bool isAmbiguous = Number("RANGE_MODULUS") is not 0 and var modulus && !(modulus * scale >= 2 * TdmLimits.MaxRangeKm);
        string? rangeFault = units.Equals("RU", StringComparison.OrdinalIgnoreCase) ? "range units of an equipment's own" : isAmbiguous ? "known only up to a modulus" : null;
        if (Enumerable.Range(1, 5).Any(n => Number($"TRANSMIT_DELAY_{n}") != 0 || Number($"RECEIVE_DELAY_{n}") != 0)) rangeFault = "delays of the equipment are still in it";
        bool hasCorrections = metadata.Keys.Any(name => name.StartsWith("CORRECTION_", StringComparison.Ordinal)), isApplied = Text("CORRECTIONS_APPLIED").Equals("YES", StringComparison.OrdinalIgnoreCase);
        bool isOpen = hasCorrections && !isApplied && !Text("CORRECTIONS_APPLIED").Equals("NO", StringComparison.OrdinalIgnoreCase);
        var segment = new ObservationSegment(isOpen ? "whether corrections are in it is not told" : rangeFault, isOpen ? "whether corrections are in it is not told" : null)
        {
            Station = Text($"PARTICIPANT_{stops[^1]}"),
            Target = ObjectOf(Text($"PARTICIPANT_{stops[^2]}")),
            System = system,
            Event = Text("TIMETAG_REF").ToUpperInvariant() switch { "TRANSMIT" => TimeTagEvent.Transmission, "RECEIVE" => TimeTagEvent.Reception, _ => TimeTagEvent.Observation },
            Kind = kind,
            AngleType = type.Length == 0 ? null : type,
            Frame = frame.Length == 0 ? null : frame,
            Equinox = kind == AngleKind.RightAscensionDeclination ? ObservationNdm.EquinoxOf(frame) : Equinox.NotGiven,
            _scale = scale,
            _isRoundTrip = isRoundTrip,
        };
        if (isApplied || !hasCorrections) return segment;
        (segment._rangeCorrection, segment._rateCorrection) = (Number("CORRECTION_RANGE"), Number("CORRECTION_DOPPLER"));
        (segment.Correction1, segment.Correction2) = (Number("CORRECTION_ANGLE_1"), Number("CORRECTION_ANGLE_2"));
        return segment;

        double Number(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : 0;
    }

    /// <returns>Null where a keyword's values are taken, otherwise why not.</returns>
    public string? WhyNot(string keyword) => keyword switch { "RANGE" => _rangeFault, "ANGLE_1" or "ANGLE_2" or "DOPPLER_INSTANTANEOUS" => _angleFault, _ => null };

    /// <summary>Keywords whose values stand in observations, or that need no place there.</summary>
    public static bool IsKept(string keyword)
        => keyword is "TIME_SYSTEM" or "START_TIME" or "STOP_TIME" or "MODE" or "PATH" or "TIMETAG_REF" or "RANGE_UNITS" or "RANGE_MODULUS" or "ANGLE_TYPE" or "REFERENCE_FRAME" or "CORRECTIONS_APPLIED"
            or "CORRECTION_RANGE" or "CORRECTION_DOPPLER" or "CORRECTION_ANGLE_1" or "CORRECTION_ANGLE_2" || keyword.StartsWith("PARTICIPANT_", StringComparison.Ordinal);

    public double RangeKm(double value) => (value + _rangeCorrection) * _scale / (_isRoundTrip ? 2 : 1);

    public double RangeRateKmPerS(double value) => (value + _rateCorrection) / (_isRoundTrip ? 2 : 1);

    /// <summary>A name in digits is a catalogue number; one of a year, a launch and a piece a designation.</summary>
    private static ObservedObject ObjectOf(string name)
    {
        bool isNumber = name.Length is >= 1 and <= 9 && name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && (char.IsAsciiDigit(name[0]) || (name.Length == 5 && char.IsAsciiLetterUpper(name[0]) && name[0] is not ('I' or 'O')));
        if (isNumber) return new ObservedObject(name);
        return CosparDesignation.IsDesignation(name) ? new ObservedObject(null, name) : new ObservedObject(null, null, name);
    }
}
