using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes observations as one tracking data message. A segment begins where station, object, path, frame or time system change, or time does not go forward.</summary>
internal sealed class ObservationsToNdm(IFormatWriter<NdmEvent> to, FormatWriteOptions options) : IFormatWriter<ObservationRecord>
{
    private const double LightKmPerS = 299_792.458;
    private readonly HashSet<string> _told = [];
    private ReadIssue? _issue;
    private Segment? _segment;
    private Epoch _last;
    private bool _isBegun;
    private long _count;

    /// <summary>What all observations of a segment share.</summary>
    private sealed record Segment(string Station, string Target, TdmTimeSystem System, bool IsRoundTrip, string? TimeTag, bool HasRange, string? AngleType, string? Frame);

    public ReadIssue? Write(ObservationRecord value)
    {
        _issue = null;
        if (value.Laser is not null && !value.HasMeasurement)
        {
            Tell("laser ranging", $"records such as {value.Laser.Type} have no place in a tracking data message (told once for the file)");
            return _issue;
        }
        if (Describe(value, out var time) is not { } segment) return _issue;
        if (!_isBegun) Begin();
        if (segment != _segment || time.Epoch <= _last) Start(segment);
        _last = time.Epoch;
        string tag = Tag(time);
        double along = segment.IsRoundTrip ? 2 : 1;
        if (value.RangeKm is { } range) Row("RANGE", tag, along * range);
        if (value.Angles is { } angles)
        {
            Row("ANGLE_1", tag, angles.Angle1Deg);
            Row("ANGLE_2", tag, angles.Angle2Deg);
        }
        if (value.RangeRateKmPerS is { } rate) Row("DOPPLER_INSTANTANEOUS", tag, along * rate);
        if (value.Appearance?.Magnitude is { } magnitude) Row("MAG", tag, magnitude);
        foreach (var (name, text) in value.Extra)
        {
            if (IsRow(value, name, text)) Put(NdmEvent.Row(name, $"{tag} {text}"));
        }
        TellLosses(value);
        _count++;
        return _issue;
    }

    public void Complete()
    {
        if (!_isBegun) return;
        EndSegment();
        Put(NdmEvent.MessageEnd("tdm"));
        _isBegun = false;
    }

    /// <returns>Null with a refusal where a segment cannot say it.</returns>
    private Segment? Describe(ObservationRecord value, out ObservationTime time)
    {
        time = value.Time ?? default;
        bool hasRows = value.HasMeasurement || value.Appearance?.Magnitude is not null || value.Extra.Any(field => IsRow(value, field.Key, field.Value));
        if (value.Time is null) return Refuse("epoch", "", "missing", "an observation has an epoch");
        if (!hasRows) return Refuse("observation", value.Target.Tag ?? "", "nothing was measured", "a tracking data message holds measurements");
        if (value.Station.Id is not { Length: > 0 } station) return Refuse("station", "", "missing", "name who observed");
        if (value.Target.Tag is not { Length: > 0 } target) return Refuse("object", "", "missing", "name what was observed");
        if (time.System == TdmTimeSystem.Utc && !Utc.TrySplit(time.Epoch, out _, out _)) return Refuse("epoch", time.Epoch.ToString(), "UTC before 1972 had no whole leap seconds", "give it in TAI or TT");
        string? frame = null, type = value.Extra.Find(ObservationNdm.AngleType), other = value.Extra.Find(ObservationNdm.ReferenceFrame);
        if (!IsAngleType(type)) type = null;
        if (other is not null && !NdmValues.IsFrame(other)) other = null;
        if (value.Angles is { } angles)
        {
            type = angles.Kind == AngleKind.AzimuthElevation ? "AZEL" : "RADEC";
            frame = angles.Kind == AngleKind.AzimuthElevation ? null : ObservationNdm.FrameOf(angles.Equinox) ?? (angles.Equinox == Equinox.Other ? other : null);
            if (type == "RADEC" && frame is null) return Refuse("equinox", angles.Equinox.ToString(), "no reference frame of the standard", "turn the angles to J2000");
        }
        else if (type is not null) frame = other;
        if (type == "RADEC" && frame is null) return Refuse("equinox", "", "no reference frame of the standard", "turn the angles to J2000");
        if (time.Event == TimeTagEvent.Bounce)
        {
            if (value.RangeKm is not (>= 0 and < 1e10 and var range)) return Refuse("epoch", "", "a time tag of reflection without a range that light takes less than half a day for", "give the time of reception");
            time = time with { Epoch = time.Epoch.PlusSeconds(range / LightKmPerS), Event = TimeTagEvent.Reception };
            Tell("time tag", "times of reflection are written as those of reception (told once for the file)");
        }
        string? tag = time.Event switch { TimeTagEvent.Reception => "RECEIVE", TimeTagEvent.Transmission => "TRANSMIT", _ => null };
        bool isRoundTrip = (value.RangeKm is not null || value.RangeRateKmPerS is not null) && !IsOneWay(value);
        return new Segment(station, target, time.System, isRoundTrip, tag, value.RangeKm is not null, type, frame);
    }

    /// <summary>Whether a laser's signal went one way: its time of flight is that of the range itself.</summary>
    private static bool IsOneWay(ObservationRecord value)
        => value.Laser?.Number("time_of_flight_s") is { } flight && value.RangeKm is { } range && Math.Abs(flight * LightKmPerS - range) < 0.25 * range;

    private void Begin()
    {
        _isBegun = true;
        Put(NdmEvent.MessageStart("tdm", "2.0"));
        Put(NdmEvent.BlockStart("header"));
        Put(NdmEvent.Field("CREATION_DATE", Utc.Format(options.Now)[..^1]));
        Put(NdmEvent.Field("ORIGINATOR", options.Originator));
        Put(NdmEvent.BlockEnd("header"));
    }

    private void Start(Segment segment)
    {
        EndSegment();
        _segment = segment;
        Put(NdmEvent.BlockStart("segment"));
        Put(NdmEvent.BlockStart("metadata"));
        Field("TIME_SYSTEM", segment.System.ToString().ToUpperInvariant());
        Field("PARTICIPANT_1", segment.Station);
        Field("PARTICIPANT_2", segment.Target);
        Field("MODE", "SEQUENTIAL");
        Field("PATH", segment.IsRoundTrip ? "1,2,1" : "2,1");
        Field("TIMETAG_REF", segment.TimeTag);
        Field("RANGE_UNITS", segment.HasRange ? "km" : null);
        Field(ObservationNdm.AngleType, segment.AngleType);
        Field(ObservationNdm.ReferenceFrame, segment.Frame);
        Put(NdmEvent.BlockEnd("metadata"));
        Put(NdmEvent.BlockStart("data"));
    }

    private void EndSegment()
    {
        if (_segment is null) return;
        Put(NdmEvent.BlockEnd("data"));
        Put(NdmEvent.BlockEnd("segment"));
        _segment = null;
    }

    private void Field(string name, string? text)
    {
        if (text is not null) Put(NdmEvent.Field(name, text));
    }

    private void Row(string name, string tag, double value) => Put(NdmEvent.Row(name, tag, value));

    private void Put(NdmEvent one)
    {
        if (to.Write(one) is { } issue && (_issue is null || issue.Severity == IssueSeverity.Refused)) _issue = issue;
    }

    private void TellLosses(ObservationRecord value)
    {
        if ((value.AngleRate1DegPerS ?? value.AngleRate2DegPerS ?? value.RangeAccelerationKmPerS2) is not null) Tell("rates", "rates of angles and accelerations have no place in a tracking data message (told once for the file)");
        if (value.Time?.SigmaS is not null || value.Angles?.SigmaDeg is not null) Tell("uncertainty", "uncertainties have no place in a tracking data message (told once for the file)");
        if (value.Appearance is { } appearance && appearance != new Appearance(null as string) { Magnitude = appearance.Magnitude }) Tell("appearance", "of the appearance only the magnitude has a place (told once for the file)");
        if (value.Card is not null) Tell("card", "marks of cards have no place in a tracking data message (told once for the file)");
        if (value.Laser is not null) Tell("laser fields", "of laser ranges only time and distance have a place (told once for the file)");
        if (value.Station.PositionKm is not null) Tell("position", "the place of the sensor has none in a tracking data message (told once for the file)");
        if (value.Angles?.IsRefractionCorrected is not null) Tell("refraction", "whether refraction was taken out is not told in a tracking data message (told once for the file)");
        if (value.Extra.Any(field => !IsRow(value, field.Key, field.Value) && field.Key is not (ObservationNdm.AngleType or ObservationNdm.ReferenceFrame))) Tell("extra", "extra fields have no place in a tracking data message (told once for the file)");
    }

    private void Tell(string field, string reason)
    {
        if (_told.Add(field) && _issue is null) _issue = new ReadIssue(options.FileName, _count + 1, IssueSeverity.Notice, field, "", reason, "write ssa-jsonl to keep everything");
    }

    private Segment? Refuse(string field, string value, string reason, string remedy)
    {
        _issue = new ReadIssue(options.FileName, _count + 1, IssueSeverity.Refused, field, value, reason, remedy);
        return null;
    }

    /// <summary>Whether an extra field is a measurement of the standard that the record has not in a place of its own.</summary>
    private static bool IsRow(ObservationRecord value, string name, string text)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
        return isNumber && TdmDataKeyword.Classify(System.Text.Encoding.Latin1.GetBytes(name)) switch
        {
            TdmQuantity.None => false,
            TdmQuantity.Range => value.RangeKm is null && value.RangeRateKmPerS is null,
            TdmQuantity.RangeRate => value.RangeRateKmPerS is null && value.RangeKm is null,
            TdmQuantity.Angle1 or TdmQuantity.Angle2 => value.Angles is null && IsAngleType(value.Extra.Find(ObservationNdm.AngleType)),
            _ => name != "MAG" || value.Appearance?.Magnitude is null,
        };
    }

    private static bool IsAngleType(string? text) => text is "AZEL" or "RADEC" or "XEYN" or "XSYE";

    /// <summary>ISO 8601 in the clock of the time system, to the nanosecond where it needs that.</summary>
    private static string Tag(ObservationTime time)
    {
        if (time.System == TdmTimeSystem.Utc) return Utc.Format(time.Epoch)[..^1];
        long behindTt = time.System switch { TdmTimeSystem.Tai => 32_184_000_000, TdmTimeSystem.Gps => 51_184_000_000, _ => 0 };
        long seconds = Math.DivRem(time.Epoch.NanosecondsSinceJ2000 - behindTt, 1_000_000_000, out long nanosecond);
        if (nanosecond < 0) (seconds, nanosecond) = (seconds - 1, nanosecond + 1_000_000_000);
        var clock = new DateTime(2000, 1, 1, 12, 0, 0, DateTimeKind.Unspecified).AddSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{clock:yyyy-MM-dd'T'HH:mm:ss}.{nanosecond:000000000}");
    }
}
