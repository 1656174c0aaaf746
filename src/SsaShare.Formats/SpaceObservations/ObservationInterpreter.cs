using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Turns records of observations into those of the service, or says why not. Remembers the headers of a laser pass. Used by one thread at a time.</summary>
internal sealed class ObservationInterpreter(ObservationReadOptions options)
{
    private const double RadPerDeg = Math.PI / 180, LightKmPerS = 299_792.458, CoarsestEpochS = 1;
    private readonly List<(FieldComplaint Complaint, bool MayPass)> _complaints = [];
    private readonly List<FieldComplaint> _notices = [];
    private readonly HashSet<string> _told = [];
    private readonly Dictionary<string, SensorId?> _sensors = [];
    private LaserRecord? _session;

    /// <returns>Null where the record is none, or is refused.</returns>
    public Observation? Interpret(ObservationRecord record, out IReadOnlyList<(FieldComplaint Complaint, bool MayPass)> complaints, out IReadOnlyList<FieldComplaint> notices)
    {
        _complaints.Clear();
        _notices.Clear();
        (complaints, notices) = (_complaints, _notices);
        if (record.Laser is { } laser && !IsMeasured(laser, record)) return null;
        if (!record.HasMeasurement)
        {
            if (record.Laser is null) Tell("observation", "nothing was measured", "reports of a station and sightings without a position are passed over");
            return null;
        }
        var sensor = Sensor(record);
        var epoch = Epoch(record);
        var (azimuth, elevation) = Angles(record);
        double? range = Range(record), rate = RangeRate(record);
        if (record.AngleRate1DegPerS is not null || record.AngleRate2DegPerS is not null || record.RangeAccelerationKmPerS2 is not null) Tell("rates", "rates of angles and accelerations are not kept; told once for each file", "nothing to do");
        if (record.Appearance is not null) Tell("appearance", "brightness and its variation are not kept; told once for each file", "nothing to do");
        if (_complaints.Count > 0 || sensor is null) return null;
        if (range is not null || rate is not null || azimuth is not null) return new Observation(sensor.Value, epoch, range, azimuth, elevation, rate, Tag(record));
        Refuse("observation", "", "nothing that the service keeps", "azimuth and elevation, range or range rate");
        return null;
    }

    /// <summary>Whether a laser record is a measurement of the object; remembers its pass.</summary>
    private bool IsMeasured(LaserRecord laser, ObservationRecord record)
    {
        switch (laser.Type)
        {
            case "H4":
                _session = laser;
                _told.Remove("filter_flag");
                _told.Remove("origin");
                return false;
            case "H8" or "H1" or "H2" or "H3":
                _session = null;
                return false;
            case "10" when laser.Number("filter_flag") == 1:
                Tell("filter_flag", "shots that are noise are no observations of the object; told once for each pass", "nothing to do");
                return false;
            case "30" when laser.Number("origin") is not 3:
                Tell("origin", "pointing that was commanded or computed is no measurement; told once for each pass", "nothing to do");
                return false;
            case "10" or "11" or "30":
                CheckPass(record);
                return true;
            default:
                return record.HasMeasurement;
        }
    }

    /// <summary>Whether the pass lets its measurements be taken.</summary>
    private void CheckPass(ObservationRecord record)
    {
        string scale = record.Time?.Standard ?? "";
        bool isUtc = int.TryParse(scale, NumberStyles.None, CultureInfo.InvariantCulture, out int code) && code is 3 or 4 or 7 or >= 10;
        if (!isUtc) Refuse("time_scale", scale, "not one of the codes of UTC", "3, 4, 7, or 10 and above");
        if (_session is null) Refuse("pass", "", "no session header (H4) before it: whether corrections are in its measurements is not known", "send the pass with its headers");
        else if (_session.Number("data_quality") is not 0) Refuse("data_quality", _session.Fields.Find("data_quality") ?? "", "the station calls the pass suspect or poor, or does not tell", "leave it out");
    }

    private SensorId? Sensor(ObservationRecord record)
    {
        string name = record.Station.Id ?? "";
        if (record.Station.PositionKm is not null) Refuse("sensor", name, "a sensor that moves cannot be described to the service", "send observations of sensors that stand still");
        if (!_sensors.TryGetValue(name, out var known))
        {
            known = SensorId.TryParse(name, out var id) ? id : null;
            if (_sensors.Count < 1_000) _sensors[name] = known;
        }
        if (known is not { } sensor) Refuse("sensor", name, "not a sensor id", "up to 64 of A-Z, a-z, 0-9, '-', '_' and '.', as in the sensor's description");
        else if (options.IsKnownSensor?.Invoke(sensor) == false) Refuse("sensor", name, "not a sensor of this publisher", "register the sensor under the id that the file has, or correct the file", mayPass: true);
        return known;
    }

    /// <summary>The time tag of reception.</summary>
    private Epoch Epoch(ObservationRecord record)
    {
        if (record.Time is not { } time)
        {
            Refuse("epoch", "", "missing", "an observation has an epoch");
            return default;
        }
        var epoch = time.Epoch;
        if (time.PrecisionS > CoarsestEpochS) Refuse("epoch", Text(time.PrecisionS), $"given to {time.PrecisionS:R} s only", "give at least whole seconds");
        if (epoch < TdmLimits.Earliest) Refuse("epoch", epoch.ToString(), "before the first satellite", "correct the epoch");
        else if (epoch > options.Now.Plus(TimeSpan.FromDays(1))) Refuse("epoch", epoch.ToString(), "more than a day in the future", "correct the epoch or the clock", mayPass: true);
        else if (time.Event is TimeTagEvent.Transmission or TimeTagEvent.Bounce)
        {
            if (record.RangeKm is > 0 and <= TdmLimits.MaxRangeKm and var range) return epoch.PlusSeconds((time.Event == TimeTagEvent.Transmission ? 2 : 1) * range / LightKmPerS);
            if (record.RangeKm is null) Refuse("epoch", "", "a time tag of transmission or reflection without a range", "give the time of reception");
        }
        return epoch;
    }

    private (double? AzimuthRad, double? ElevationRad) Angles(ObservationRecord record)
    {
        if (record.Angles is not { } angles) return default;
        if (angles.Kind == AngleKind.RightAscensionDeclination)
        {
            Refuse("angles", $"{Text(angles.Angle1Deg)} {Text(angles.Angle2Deg)}", "right ascension and declination are not kept by the service", "send azimuth and elevation");
            return default;
        }
        if (!(angles.Angle1Deg is >= -180 and <= 360)) Refuse("azimuth", Text(angles.Angle1Deg), "an azimuth is -180 to 360 degrees", "correct it");
        if (!(angles.Angle2Deg is >= TdmLimits.MinElevationDeg and <= 90)) Refuse("elevation", Text(angles.Angle2Deg), $"no sensor on the ground sees below {TdmLimits.MinElevationDeg} degrees or above 90", "correct it");
        double azimuth = angles.Angle1Deg < 0 ? angles.Angle1Deg + 360 : angles.Angle1Deg == 360 ? 0 : angles.Angle1Deg;
        return (azimuth * RadPerDeg, angles.Angle2Deg * RadPerDeg);
    }

    private double? Range(ObservationRecord record)
    {
        if (record.RangeKm is not { } range) return null;
        if (!(range is > 0 and <= TdmLimits.MaxRangeKm)) Refuse("range", Text(range), $"a one-way range is above 0 and up to {TdmLimits.MaxRangeKm} km", "correct it");
        if (record.Card is { RangeExponent: > 0 and var power } && range < Math.Pow(10, power + 1))
            Refuse("range", Text(range), $"its number begins with 0 although its power of ten is {power}: {range:R} km, or ten times as much?", "write the range with the least power of ten");
        if (record.Laser is null || _session is not { } session) return range;
        if (session.Number("range_type") != 2) Refuse("range_type", session.Fields.Find("range_type") ?? "", "only two-way ranges are kept", "send two-way ranges (2)");
        if (session.Number("refraction_applied") != 0) Refuse("refraction_applied", session.Fields.Find("refraction_applied") ?? "", "the range is corrected for the atmosphere, or that is not told", "send ranges as they were measured");
        if (session.Number("system_delay_applied") != 1) Refuse("system_delay_applied", session.Fields.Find("system_delay_applied") ?? "", "the station's delay is still in the range, or that is not told", "take it out by the calibration first");
        if (record.Time is { Event: TimeTagEvent.Observation }) Refuse("epoch_event", "", "what moment the time tag is of is not told", "send tags of reception, reflection or transmission");
        return range;
    }

    private double? RangeRate(ObservationRecord record)
    {
        if (record.RangeRateKmPerS is { } rate && !(Math.Abs(rate) <= TdmLimits.MaxRangeRateKmPerS)) Refuse("range rate", Text(rate), $"a range rate is within {TdmLimits.MaxRangeRateKmPerS} km/s", "correct it");
        return record.RangeRateKmPerS;
    }

    private static string? Tag(ObservationRecord record) => record.Target.Tag is { Length: > 0 and <= 64 } tag ? tag : null;

    private void Tell(string field, string reason, string remedy)
    {
        if (_told.Add(field)) _notices.Add(new FieldComplaint(field, 0, "", reason, remedy));
    }

    private void Refuse(string field, string value, string reason, string remedy, bool mayPass = false) => _complaints.Add((new FieldComplaint(field, 0, value, reason, remedy), mayPass));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
