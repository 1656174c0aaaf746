using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where an observer is at one instant.</summary>
/// <param name="PositionKm">GCRF.</param>
/// <param name="VelocityKmPerS">GCRF, relative to the stars.</param>
/// <param name="Horizon">Null for one that has none.</param>
public readonly record struct ObserverState(Vector3d PositionKm, Vector3d VelocityKmPerS, LocalHorizon? Horizon);

/// <summary>The axes of azimuth and elevation at one instant.</summary>
/// <param name="GcrfToEastNorthUp">Rotation of coordinates to east, north and up along the ellipsoid's normal.</param>
/// <param name="Place">For the medium above it.</param>
public readonly record struct LocalHorizon(Matrix3 GcrfToEastNorthUp, Geodetic Place);

/// <summary>A place, on the ground or in orbit, from which objects are measured. Implementations are immutable and safe for concurrent use.</summary>
public interface IObserver
{
    /// <summary>Whether <see cref="At"/> answers for the instant.</summary>
    bool Covers(Epoch epoch);

    /// <summary>The observer at an instant.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="rotation">How the Earth turns.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is not covered, by the observer or by the table of Earth orientation.</exception>
    ObserverState At(Epoch epoch, EarthRotation rotation);

    /// <summary>Covariance of the observer's own position and velocity in GCRF: km², km²/s, km²/s². Null where it counts as known.</summary>
    Covariance6? Uncertainty(Epoch epoch) => null;
}
