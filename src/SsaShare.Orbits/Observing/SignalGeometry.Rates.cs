using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How fast the range changes.</summary>
internal readonly partial struct SignalGeometry
{
    /// <summary>Change of the range by the time of the tag, km/s, and its derivatives by the geometry.</summary>
    /// <param name="upShare">Of the way up in the range: one half where the signal goes both ways, else 0.</param>
    /// <remarks>
    /// A leg's length changes by its own rate only if its ends move with the object's time; the sensor's end, and the tag if it is there, run by 1 -+ rate / c of it. Left out, that is
    /// the square of the rate over the speed of light: 80 mm/s at 5 km/s.
    /// </remarks>
    public (double RateKmPerS, Gradient By) RangeRate(double upShare)
    {
        var up = Leg(Up, UpMotion, -1);
        var down = Leg(Down, DownMotion, 1);
        double clock = _tag switch { TimeTag.AtReception => 1 + down.Rate / LightSpeedKmPerS, TimeTag.AtTransmission => 1 - up.Rate / LightSpeedKmPerS, _ => 1 };
        double rate = (upShare * up.Rate + (1 - upShare) * down.Rate) / clock, byClock = rate / (clock * LightSpeedKmPerS);
        double byUp = upShare / clock + (_tag == TimeTag.AtTransmission ? byClock : 0), byDown = (1 - upShare) / clock - (_tag == TimeTag.AtReception ? byClock : 0);
        return (rate, new Gradient(byUp * up.ByWay, byUp * up.ByMotion, byDown * down.ByWay, byDown * down.ByMotion, 0, byUp * up.ByObserver + byDown * down.ByObserver));
    }

    /// <summary>Change of one leg's length by the object's time, and its derivatives.</summary>
    private (double Rate, Vector3d ByWay, Vector3d ByMotion, Vector3d ByObserver) Leg(Vector3d way, Vector3d motion, int direction)
    {
        double length = way.Norm;
        Vector3d unit = way / length;
        double closing = unit.Dot(motion);
        if (_path == SignalPath.Instant) return (closing, (motion - closing * unit) / length, unit, default);
        Vector3d observer = Velocity - motion;
        double along = unit.Dot(observer), stretch = 1 + direction * along / LightSpeedKmPerS, byStretch = -direction * closing / (stretch * stretch * LightSpeedKmPerS);
        return (closing / stretch, ((motion - closing * unit) / stretch + byStretch * (observer - along * unit)) / length, unit / stretch, byStretch * unit);
    }
}
