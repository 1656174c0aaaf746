using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where a sensor is at one instant, and in what light: all in GCRF, km.</summary>
internal readonly record struct SightMoment(bool IsOpen, Vector3d Observer, Matrix3 EastNorthUp, Vector3d Up, Vector3d Sun, Vector3d Pole);

/// <summary>What one sensor of a simulation sees.</summary>
/// <remarks>Geometric, without light time: that moves an object by 10 m, no field has so sharp an edge.</remarks>
internal sealed class SensorSight
{
    private const double EarthAndAirKm = Wgs84.EquatorialRadiusKm + 100;

    private readonly SimulatedSensor _sensor;
    private readonly int _number;
    private readonly ulong _seed;
    private readonly EarthRotation _rotation;
    private readonly double _sineFrom, _sineTo;
    private readonly bool _isAllAround;
    private readonly SensorReach.Radar? _radar;
    private readonly SensorReach.Telescope? _telescope;

    public SensorSight(SimulatedSensor sensor, int number, ulong seed, EarthRotation rotation)
    {
        (_sensor, _number, _seed, _rotation) = (sensor, number, seed, rotation);
        (_radar, _telescope) = (sensor.Reach as SensorReach.Radar, sensor.Reach as SensorReach.Telescope);
        if (sensor.Field is not { } field) return;
        (_sineFrom, _sineTo, _isAllAround) = (Math.Sin(field.ElevationFromRad), Math.Sin(field.ElevationToRad), field.AzimuthWidthRad >= Math.Tau);
    }

    public SightMoment At(Epoch epoch)
    {
        var place = _sensor.TruePlace ?? _sensor.Declared.Place;
        if (!place.Covers(epoch) || IsOut(epoch)) return default;
        var observer = place.At(epoch, _rotation, AnalyticSolarSystem.Instance);
        var sun = AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Sun, epoch);
        var axes = observer.Horizon is { } horizon ? horizon.GcrfToEastNorthUp : Matrix3.Identity;
        var up = axes.TransposedTimes(new Vector3d(0, 0, 1));
        bool isOpen = _telescope is null || observer.Horizon is null || up.Dot(sun.Unit()) <= Math.Sin(_telescope.SunElevationMaxRad);
        return new SightMoment(isOpen, observer.PositionKm, axes, up, sun, _telescope is null ? default : _rotation.At(epoch).PoleGcrf);
    }

    public bool Sees(in SightMoment moment, Vector3d position, SimulatedObject target)
    {
        if (!moment.IsOpen) return false;
        var way = position - moment.Observer;
        double range = way.Norm;
        if (_sensor.Field is { } field)
        {
            double up = way.Dot(moment.Up);
            if (!(up >= _sineFrom * range && up <= _sineTo * range)) return false;
            if (!_isAllAround && !field.Contains(Azimuth(moment.EastNorthUp * way), Math.Asin(up / range))) return false;
        }
        else if (IsBehindEarth(moment.Observer, way / range, range)) return false;
        return _radar is not null ? range <= _radar.RangeKm(target.DiameterM) : IsBright(moment, position, way, range, target);
    }

    private bool IsBright(in SightMoment moment, Vector3d position, Vector3d way, double range, SimulatedObject target)
    {
        var telescope = _telescope!;
        if (range < telescope.RangeMinKm || Between(way, moment.Sun) < telescope.SunExclusionRad) return false;
        double phase = Between(moment.Sun - position, -way);
        return SensorReach.Telescope.Magnitude(target.DiameterM, target.Albedo, range, phase) <= telescope.MagnitudeLimit
            && Shadow.PastEarth(position, moment.Sun, moment.Pole) > 0.5;
    }

    /// <summary>Whether the sensor is out of service in the block of time of an instant.</summary>
    private bool IsOut(Epoch epoch)
    {
        if (_sensor.OutageShare == 0) return false;
        long block = (long)Math.Floor(epoch.TtSecondsSinceJ2000 / _sensor.OutageBlockSeconds);
        return new SimulationRandom(_seed, _number, block, 1).NextUniform() < _sensor.OutageShare;
    }

    private static bool IsBehindEarth(Vector3d observer, Vector3d direction, double range)
    {
        double nearest = Math.Clamp(-observer.Dot(direction), 0, range);
        return (observer + nearest * direction).Norm < EarthAndAirKm;
    }

    private static double Azimuth(Vector3d eastNorthUp) => Math.Atan2(eastNorthUp.X, eastNorthUp.Y);

    private static double Between(Vector3d a, Vector3d b) => Math.Atan2(a.Cross(b).Norm, a.Dot(b));
}
