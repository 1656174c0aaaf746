using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>
/// From observations as files say them to those that estimators take: units, sensors by their ids, meaning of time tags, frames of angles, the weather of laser stations. What cannot be used is told with its line.
/// </summary>
/// <param name="sensors">By id, without zeros before a number.</param>
/// <param name="tell">Gets what is refused.</param>
internal sealed class TrackingInput(IReadOnlyDictionary<string, SensorPlace> sensors, Action<ReadIssue> tell)
{
    private const double RadPerDeg = Math.PI / 180, CoarsestEpochS = 1;

    private static readonly PartnerId Owner = PartnerId.Parse("local");

    private readonly Dictionary<(string Id, SignalConventions Conventions), TrackingSensor> _known = [];
    private readonly SortedDictionary<string, (long Count, string Place)> _unknown = new(StringComparer.Ordinal);
    private SurfaceWeather? _weather;
    private double? _wavelengthMicrometres;
    private LaserRecord? _session;

    /// <summary>Sensors that the file of sensors does not have, with how often and where first.</summary>
    public IReadOnlyDictionary<string, (long Count, string Place)> Unknown => _unknown;

    /// <returns>Null where it measures nothing, or cannot be used.</returns>
    public TrackingObservation? Interpret(ReadObservation read)
    {
        var record = read.Record;
        if (record.Laser is { } laser && !IsMeasured(laser)) return null;
        if (!record.HasMeasurement) return null;
        string name = record.Station.Id ?? "", id = Plain(name);
        if (!sensors.TryGetValue(id, out var place))
        {
            _unknown[name] = _unknown.TryGetValue(name, out var before) ? (before.Count + 1, before.Place) : (1, $"{read.File}:{read.Line}");
            return null;
        }
        if (record.Station.PositionKm is not null && place.Description.PlatformEphemeris is null) return Refuse(read, "sensor", name, "moves, while the file of sensors has it on the ground", "give its platform_ephemeris");
        if (record.Time is not { } time) return Refuse(read, "epoch", "", "missing", "an observation has an epoch");
        if (time.PrecisionS > CoarsestEpochS) return Refuse(read, "epoch", Text(time.PrecisionS), $"given to {Text(time.PrecisionS)} s only", "give at least whole seconds");
        if (record.Card is { RangeExponent: > 0 and var power } && record.RangeKm is { } far && far < Math.Pow(10, power + 1))
        {
            tell(new ReadIssue(read.File, read.Line, IssueSeverity.Notice, "range", Text(far), $"its number begins with 0 although its power of ten is {power}: {Text(far)} km, or ten times as much? Not used; the angles are", "write the range with the least power of ten"));
            record = record with { RangeKm = null };
        }
        if (record.RangeKm is { } range && !(range is > 0 and <= TdmLimits.MaxRangeKm)) return Refuse(read, "range", Text(range), $"a one-way range is above 0 and up to {TdmLimits.MaxRangeKm} km", "correct it");
        if (record.RangeRateKmPerS is { } rate && !(Math.Abs(rate) <= TdmLimits.MaxRangeRateKmPerS)) return Refuse(read, "range rate", Text(rate), $"a range rate is within {TdmLimits.MaxRangeRateKmPerS} km/s", "correct it");
        if (Objection(record) is var (field, value, reason, remedy)) return Refuse(read, field, value, reason, remedy);
        bool isCelestial = record.Angles is { Kind: AngleKind.RightAscensionDeclination };
        AngleFrame? axes = isCelestial ? Axes(record, place.Description, read.Format) : null;
        if (isCelestial && axes is null) return Refuse(read, "equinox", Named(record) ?? record.Angles!.Equinox.ToString(), "right ascensions in these axes are not taken", "give them in GCRF, EME2000, TEME or TOD");
        if (record.Angles is { Kind: AngleKind.AzimuthElevation } angles && !(angles.Angle1Deg is >= -180 and <= 360 && angles.Angle2Deg is >= -90 and <= 90)) return Refuse(read, "azimuth", Text(angles.Angle1Deg), "no direction", "correct it");
        var conventions = Conventions(record, place.Description, read.Format, axes, time.Event);
        var measured = new TrackingFigures(
            record.RangeKm,
            isCelestial ? null : Turn(record.Angles?.Angle1Deg), isCelestial ? null : record.Angles?.Angle2Deg * RadPerDeg,
            record.RangeRateKmPerS,
            isCelestial ? Turn(record.Angles!.Angle1Deg) : null, isCelestial ? record.Angles!.Angle2Deg * RadPerDeg : null);
        var sensor = Sensor(id, place, conventions);
        return new TrackingObservation(sensor, time.Epoch, measured, Added(record, sensor, time)) { Weather = record.Laser is null ? null : _weather };
    }

    /// <summary>Numbers of sensors are written with and without zeros before them.</summary>
    public static string Plain(string id) => id.TrimStart('0') is { Length: > 0 } rest && rest.All(char.IsAsciiDigit) ? rest : id;

    /// <summary>Whether a laser record is a measurement; remembers what its pass and its weather are.</summary>
    private bool IsMeasured(LaserRecord laser)
    {
        switch (laser.Type)
        {
            case "H1":
                (_session, _weather, _wavelengthMicrometres) = (null, null, null);
                return false;
            case "H4":
                _session = laser;
                return false;
            case "C0":
                _wavelengthMicrometres = laser.Number("wavelength_nm") is > 300 and < 2_000 and var nanometres ? nanometres / 1_000 : null;
                return false;
            case "20":
                _weather = laser.Number("pressure_mbar") is > 300 and < 1_200 and var pressure && laser.Number("temperature_k") is > 180 and < 340 and var temperature && laser.Number("humidity_percent") is >= 0 and <= 100 and var humidity
                    ? new SurfaceWeather(pressure, temperature, humidity)
                    : null;
                return false;
            case "10":
                return laser.Number("filter_flag") != 1;
            default:
                return laser.Type == "11";
        }
    }

    /// <summary>Why a laser range means something else than the model predicts.</summary>
    private (string Field, string Value, string Reason, string Remedy)? Objection(ObservationRecord record)
    {
        if (record.Laser is null) return null;
        if (_session is not { } session) return ("pass", "", "no session header (H4) before it: whether corrections are in its measurements is not known", "give the pass with its headers");
        string Told(string name) => session.Fields.Find(name) ?? "";
        if (session.Number("data_quality") is not 0) return ("data_quality", Told("data_quality"), "the station calls the pass suspect or poor, or does not tell", "leave it out");
        if (session.Number("range_type") != 2) return ("range_type", Told("range_type"), "only two-way ranges are taken", "give two-way ranges (2)");
        if (session.Number("refraction_applied") != 0) return ("refraction_applied", Told("refraction_applied"), "the range is corrected for the atmosphere, or that is not told", "give ranges as they were measured");
        if (session.Number("system_delay_applied") != 1) return ("system_delay_applied", Told("system_delay_applied"), "the station's delay is still in the range, or that is not told", "take it out by the calibration first");
        return null;
    }

    private SignalConventions Conventions(ObservationRecord record, SensorDescription sensor, string format, AngleFrame? axes, TimeTagEvent tagged)
    {
        var tag = tagged switch { TimeTagEvent.Transmission => SensorTimeTag.Transmission, TimeTagEvent.Reception => SensorTimeTag.Reception, TimeTagEvent.Bounce => SensorTimeTag.Reflection, _ => sensor.TimeTag };
        double centre = sensor.CentreOfMassOffsetKm ?? 0;
        if (record.Laser is not null)
            return (_wavelengthMicrometres is { } wavelength ? SignalConventions.LaserRanging(centre, wavelength) : SignalConventions.LaserRanging(centre)) with { TimeTag = Of(tag, TimeTag.AtTransmission) };
        if (axes is { } frame)
        {
            // A sighting among stars is turned with the stars; catalogues of surveillance telescopes have that taken off.
            bool isSighting = format is "iod" or "uk" or "rde";
            return SignalConventions.Telescope(isSighting ? Aberration.AgainstStars : Aberration.None) with { AngleFrame = frame, TimeTag = Of(tag, TimeTag.AtReception) };
        }
        // Surveillance radars reduce their figures to the instant at the object, whatever their format says of the way.
        bool isReduced = sensor.TimeTag is SensorTimeTag.Unspecified or SensorTimeTag.Reflection;
        return new SignalConventions
        {
            TimeTag = isReduced ? TimeTag.AtObject : Of(sensor.TimeTag, TimeTag.AtObject),
            Path = isReduced ? SignalPath.Instant : SignalPath.TwoWay,
            Refraction = sensor.Refraction switch { SensorRefraction.Radio => Refraction.Radio, SensorRefraction.Laser => Refraction.Laser, _ => Refraction.None },
            CentreOfMassOffsetKm = centre,
        };
    }

    private static TimeTag Of(SensorTimeTag tag, TimeTag otherwise) => tag switch
    {
        SensorTimeTag.Reflection => TimeTag.AtObject,
        SensorTimeTag.Reception => TimeTag.AtReception,
        SensorTimeTag.Transmission => TimeTag.AtTransmission,
        _ => otherwise,
    };

    /// <summary>What the observation says, else what its sensor does, else what its format's users mean.</summary>
    /// <returns>Null for axes that are not taken.</returns>
    private static AngleFrame? Axes(ObservationRecord record, SensorDescription sensor, string format) => (record.Angles!.Equinox, sensor.AngleFrame) switch
    {
        (Equinox.Other, _) => Named(record) switch { "GCRF" or "ICRF" or "ICRF2" or "ICRF3" => AngleFrame.Gcrf, "TEME" or "TEMEOFDATE" => AngleFrame.Teme, "TOD" or "TOD_EARTH" => AngleFrame.TrueOfDate, _ => null },
        (Equinox.J2000, _) => AngleFrame.Eme2000,
        (Equinox.OfDate, _) => AngleFrame.TrueOfDate,
        (Equinox.NotGiven, SensorAngleFrame.Gcrf) => AngleFrame.Gcrf,
        (Equinox.NotGiven, SensorAngleFrame.Eme2000) => AngleFrame.Eme2000,
        (Equinox.NotGiven, SensorAngleFrame.Teme) => AngleFrame.Teme,
        (Equinox.NotGiven, SensorAngleFrame.TrueOfDate) => AngleFrame.TrueOfDate,
        (Equinox.NotGiven, _) => format == "b3" ? AngleFrame.TrueOfDate : AngleFrame.Eme2000,
        _ => null,
    };

    /// <summary>The axes by the name that a tracking data message gives them; null where there is none.</summary>
    private static string? Named(ObservationRecord record) => record.Extra.Find("REFERENCE_FRAME")?.ToUpperInvariant();

    private TrackingSensor Sensor(string id, SensorPlace place, SignalConventions conventions)
    {
        if (_known.TryGetValue((id, conventions), out var known)) return known;
        var (sigma, bias) = (place.Description.Sigma, place.Description.Bias);
        bool hasHorizon = place.Observer.HasHorizon;
        var key = new SensorKey(Owner, SensorId.TryParse(id, out var parsed) ? parsed : throw new FormatException($"'{id}' is not a sensor id: up to 64 of A-Z, a-z, 0-9, '-', '_' and '.'."));
        // Where a telescope's figures are of azimuth and elevation only they hold for any two axes across the line of sight.
        var sensor = new TrackingSensor(key, place.Observer,
            new TrackingFigures(sigma.RangeKm, hasHorizon ? sigma.AzimuthRad : null, hasHorizon ? sigma.ElevationRad : null, sigma.RangeRateKmPerS, sigma.RightAscensionRad ?? sigma.AzimuthRad, sigma.DeclinationRad ?? sigma.ElevationRad),
            new TrackingFigures(bias.RangeKm, hasHorizon ? bias.AzimuthRad : null, hasHorizon ? bias.ElevationRad : null, bias.RangeRateKmPerS, bias.RightAscensionRad, bias.DeclinationRad)) { Conventions = conventions };
        _known.Add((id, conventions), sensor);
        return sensor;
    }

    /// <summary>What the observer himself thinks his uncertainty is, beyond the sensor's.</summary>
    private static AddedNoise? Added(ObservationRecord record, TrackingSensor sensor, ObservationTime time)
    {
        double epoch = time.SigmaS is > 0 and var seconds ? seconds : 0;
        double? Beyond(double? own)
            => record.Angles?.SigmaDeg * RadPerDeg is { } told && own is { } usual && told > usual ? Math.Sqrt(told * told - usual * usual) : null;
        var sigma = record.Angles is null ? TrackingFigures.None
            : record.Angles.Kind == AngleKind.AzimuthElevation ? new TrackingFigures(null, Beyond(sensor.Sigma.AzimuthRad), Beyond(sensor.Sigma.ElevationRad))
            : new TrackingFigures(RightAscensionRad: Beyond(sensor.Sigma.RightAscensionRad), DeclinationRad: Beyond(sensor.Sigma.DeclinationRad));
        return epoch > 0 || sigma != TrackingFigures.None ? new AddedNoise(sigma, epoch) : null;
    }

    private static double? Turn(double? degrees) => degrees is { } angle ? (angle % 360 + 360) % 360 * RadPerDeg : null;

    private TrackingObservation? Refuse(ReadObservation read, string field, string value, string reason, string remedy)
    {
        tell(new ReadIssue(read.File, read.Line, IssueSeverity.Refused, field, value, reason, remedy));
        return null;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A sensor with where it is.</summary>
internal sealed record SensorPlace(SensorDescription Description, IObserver Observer);
