using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where a signal left, met the object and came back: the light time equations solved about one time tag.</summary>
/// <remarks>
/// Montenbruck and Gill, Satellite Orbits (2000), section 6.1.1; Moyer, Formulation for Observed and Computed Values (2000), section 8. Times count in seconds from the time tag.
/// The fixed point converges by a factor of v/c each time.
/// </remarks>
internal readonly struct SignalGeometry
{
    private const double LightSpeedKmPerS = MeasurementModel.LightSpeedKmPerS;
    private const int Iterations = 6;

    private readonly FreeFall _object;
    private readonly ObserverPath _observer;
    private readonly SignalPath _path;
    private readonly TimeTag _tag;

    public SignalGeometry(FreeFall target, ObserverPath observer, SignalPath path, TimeTag tag)
    {
        if (path == SignalPath.OneWay && tag == TimeTag.AtTransmission)
            throw new ArgumentException("A signal that goes one way, from the object to the sensor, is not transmitted by the sensor.", nameof(tag));
        (_object, _observer, _path, _tag) = (target, observer, path, tag);
        double bounce = 0, up = 0, down = 0;
        for (int i = 0; i < Iterations; i++)
        {
            var r = target.Position(bounce);
            (double upBefore, double downBefore) = (up, down);
            up = (r - observer.Position(path == SignalPath.Instant ? bounce : bounce - up)).Norm / LightSpeedKmPerS;
            down = (r - observer.Position(path == SignalPath.Instant ? bounce : bounce + down)).Norm / LightSpeedKmPerS;
            bounce = tag switch { TimeTag.AtReception => -down, TimeTag.AtTransmission => up, _ => 0 };
            if (Math.Abs(up - upBefore) + Math.Abs(down - downBefore) < 1e-15) break;
        }
        Bounce = bounce;
        (Sent, Received) = path == SignalPath.Instant ? (bounce, bounce) : (bounce - up, bounce + down);
        Position = target.Position(bounce);
        Velocity = target.Velocity(bounce);
        Up = Position - observer.Position(Sent);
        Down = Position - observer.Position(Received);
        UpMotion = Velocity - observer.Velocity(Sent);
        DownMotion = Velocity - observer.Velocity(Received);
    }

    /// <summary>When the signal left the sensor, met the object, and came back: s from the time tag.</summary>
    public double Sent { get; }

    public double Bounce { get; }

    public double Received { get; }

    /// <summary>Of the object when the signal met it, GCRF.</summary>
    public Vector3d Position { get; }

    public Vector3d Velocity { get; }

    /// <summary>From the sensor when the signal left it to the object, km, and the change of that.</summary>
    public Vector3d Up { get; }

    public Vector3d UpMotion { get; }

    /// <summary>From the sensor when the signal came back to the object, km, and the change of that.</summary>
    public Vector3d Down { get; }

    public Vector3d DownMotion { get; }

    /// <summary>What changes when the states at the time tag change.</summary>
    public readonly record struct Tangent(Vector3d Up, Vector3d UpMotion, Vector3d Down, Vector3d DownMotion, double Received);

    /// <param name="dr">Change of the object's position at the time tag, km.</param>
    /// <param name="dv">Of its velocity, km/s.</param>
    /// <param name="ds">Of the observer's position, km.</param>
    /// <param name="dw">Of the observer's velocity, km/s.</param>
    public Tangent Derivative(Vector3d dr, Vector3d dv, Vector3d ds, Vector3d dw)
    {
        Vector3d r = _object.PositionTangent(Bounce, dr, dv), v = _object.VelocityTangent(Bounce, dr, dv);
        Vector3d sent = ds + Sent * dw, received = ds + Received * dw;
        Vector3d up = Up.Unit(), down = Down.Unit();
        double upTime, downTime, bounce = 0;
        if (_path == SignalPath.Instant)
        {
            double change = down.Dot(r - received), rate = down.Dot(DownMotion);
            bounce = _tag switch
            {
                TimeTag.AtReception => -change / (LightSpeedKmPerS + rate),
                TimeTag.AtTransmission => change / (LightSpeedKmPerS - rate),
                _ => 0,
            };
            (upTime, downTime) = (0, 0);
        }
        else
        {
            Vector3d sentVelocity = Velocity - UpMotion, receivedVelocity = Velocity - DownMotion;
            if (_tag == TimeTag.AtTransmission) bounce = up.Dot(r - sent) / (LightSpeedKmPerS - up.Dot(Velocity));
            if (_tag == TimeTag.AtReception) bounce = -down.Dot(r - received) / (LightSpeedKmPerS + down.Dot(Velocity));
            upTime = (up.Dot(r - sent) + up.Dot(UpMotion) * bounce) / (LightSpeedKmPerS - up.Dot(sentVelocity));
            downTime = (down.Dot(r - received) + down.Dot(DownMotion) * bounce) / (LightSpeedKmPerS + down.Dot(receivedVelocity));
        }
        double sentTime = bounce - upTime, receivedTime = bounce + downTime;
        r += bounce * Velocity;
        v += bounce * _object.Acceleration(Bounce);
        return new Tangent(
            r - sent - sentTime * (Velocity - UpMotion), v - dw - sentTime * _observer.Acceleration,
            r - received - receivedTime * (Velocity - DownMotion), v - dw - receivedTime * _observer.Acceleration, receivedTime);
    }
}
