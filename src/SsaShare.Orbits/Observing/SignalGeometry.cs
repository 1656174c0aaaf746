using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where a signal left, met the object and came back: the light time equations solved about one time tag.</summary>
/// <remarks>
/// Montenbruck and Gill, Satellite Orbits (2000), section 6.1.1; Moyer, Formulation for Observed and Computed Values (2000), section 8. Times count in seconds from the time tag.
/// The fixed point converges by a factor of v/c each time.
/// </remarks>
internal readonly partial struct SignalGeometry
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
            if (Math.Abs(up - upBefore) + Math.Abs(down - downBefore) < 1e-15 || (path == SignalPath.Instant && tag == TimeTag.AtObject)) break;
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
}
