using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A place, on the ground or in orbit, from which objects are measured. Implementations are immutable and safe for concurrent use.</summary>
public interface IObserver
{
    /// <summary>Whether <see cref="At"/> answers for the instant.</summary>
    bool Covers(Epoch epoch);

    /// <summary>Whether it has azimuth and elevation.</summary>
    bool HasHorizon { get; }

    /// <summary>The observer at an instant.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="rotation">How the Earth turns.</param>
    /// <param name="bodies">Where Sun and Moon are, which raise tides in the ground.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is not covered: by the observer, the table of Earth orientation or the ephemeris of the bodies.</exception>
    ObserverState At(Epoch epoch, EarthRotation rotation, ISolarSystem bodies);

    /// <summary>Covariance of the observer's own position and velocity in GCRF: km², km²/s, km²/s². Null where it counts as known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is not covered.</exception>
    Covariance6? Uncertainty(Epoch epoch) => null;
}

/// <summary>Where an observer is at one instant, and how it moves for the second or so that light is under way.</summary>
/// <param name="PositionKm">GCRF.</param>
/// <param name="VelocityKmPerS">GCRF, relative to the stars.</param>
/// <param name="AccelerationKmPerS2">GCRF.</param>
/// <param name="Horizon">Null for one that has none.</param>
public readonly record struct ObserverState(Vector3d PositionKm, Vector3d VelocityKmPerS, Vector3d AccelerationKmPerS2, LocalHorizon? Horizon);

/// <summary>The axes of azimuth and elevation at one instant.</summary>
/// <param name="GcrfToEastNorthUp">Rotation of coordinates to east, north and up along the ellipsoid's normal.</param>
/// <param name="RateRadPerS">Of the axes against the stars, in GCRF.</param>
/// <param name="Place">For the medium above it.</param>
public readonly record struct LocalHorizon(Matrix3 GcrfToEastNorthUp, Vector3d RateRadPerS, Geodetic Place)
{
    /// <summary>A vector in the axes as they are <paramref name="dt"/> seconds later.</summary>
    internal Vector3d ToLocal(Vector3d gcrf, double dt)
    {
        var turned = RateRadPerS.Cross(gcrf);
        return GcrfToEastNorthUp * (gcrf - dt * turned + dt * dt / 2 * RateRadPerS.Cross(turned));
    }

    /// <summary>A vector in those axes back in GCRF.</summary>
    internal Vector3d ToGcrf(Vector3d local, double dt)
    {
        var gcrf = GcrfToEastNorthUp.TransposedTimes(local);
        var turned = RateRadPerS.Cross(gcrf);
        return gcrf + dt * turned + dt * dt / 2 * RateRadPerS.Cross(turned);
    }
}
