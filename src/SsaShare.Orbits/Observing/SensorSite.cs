using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a sensor would measure of an object, without noise and bias.</summary>
/// <param name="RangeKm">Distance.</param>
/// <param name="AzimuthRad">From north through east, 0 to 2π.</param>
/// <param name="ElevationRad">Above the geodetic horizon.</param>
/// <param name="RangeRateKmPerS">Positive when receding.</param>
public readonly record struct TopocentricMeasurement(double RangeKm, double AzimuthRad, double ElevationRad, double RangeRateKmPerS);

/// <summary>A place on the Earth from which objects are measured.</summary>
public sealed class SensorSite : IObserver
{
    private readonly Matrix3 _toEastNorthUp;

    /// <param name="place">WGS 84.</param>
    /// <param name="motion">How the ground there moves; null for a place fixed in ITRF.</param>
    public SensorSite(Geodetic place, StationMotion? motion = null) : this(place, Wgs84.ToItrfKm(place), motion) { }

    /// <param name="itrfKm">At the reference epoch of <paramref name="motion"/>.</param>
    /// <param name="motion">How the ground there moves; null for a place fixed in ITRF.</param>
    public SensorSite(Vector3d itrfKm, StationMotion? motion = null) : this(Wgs84.ToGeodetic(itrfKm), itrfKm, motion) { }

    private SensorSite(Geodetic place, Vector3d itrfKm, StationMotion? motion)
        => (Place, ItrfKm, Motion, _toEastNorthUp) = (place, itrfKm, motion, Wgs84.ItrfToEastNorthUp(place));

    public Geodetic Place { get; }

    /// <summary>At the reference epoch of <see cref="Motion"/>.</summary>
    public Vector3d ItrfKm { get; }

    /// <summary>How the ground there moves; null for a place fixed in ITRF.</summary>
    public StationMotion? Motion { get; }

    public bool HasHorizon => true;

    /// <summary>Always; the table of Earth orientation has its own limits.</summary>
    public bool Covers(Epoch epoch) => true;

    /// <inheritdoc/>
    public ObserverState At(Epoch epoch, EarthRotation rotation, ISolarSystem bodies)
    {
        var attitude = rotation.At(epoch);
        var place = Motion is null ? ItrfKm : ItrfKm + Motion.DisplacementKm(this, epoch, attitude, rotation.Orientation, bodies);
        var spin = attitude.AngularVelocityRadPerS;
        Vector3d velocity = spin.Cross(place), acceleration = spin.Cross(velocity);
        return new ObserverState(attitude.GcrfToItrf.TransposedTimes(place), attitude.GcrfToItrf.TransposedTimes(velocity), attitude.GcrfToItrf.TransposedTimes(acceleration),
            new LocalHorizon(_toEastNorthUp * attitude.GcrfToItrf, attitude.GcrfToItrf.TransposedTimes(spin), Place));
    }

    /// <summary>Geometric range, azimuth, elevation and range rate, all at one instant, from the place itself.</summary>
    /// <param name="itrf">State of the object in ITRF.</param>
    /// <exception cref="ArgumentException">The state is not in ITRF.</exception>
    public TopocentricMeasurement Measure(CartesianState itrf)
    {
        if (itrf.Frame != Frame.Itrf) throw new ArgumentException($"Expected ITRF, got {itrf.Frame}.", nameof(itrf));
        Vector3d local = _toEastNorthUp * (itrf.PositionKm - ItrfKm), velocity = _toEastNorthUp * itrf.VelocityKmPerS;
        double range = local.Norm, azimuth = Math.Atan2(local.X, local.Y);
        return new TopocentricMeasurement(range, azimuth < 0 ? azimuth + Math.Tau : azimuth, Math.Asin(local.Z / range), local.Dot(velocity) / range);
    }

    /// <summary>The ITRF position that lies at a range, azimuth and elevation.</summary>
    public Vector3d Locate(double rangeKm, double azimuthRad, double elevationRad)
    {
        var (sinAzimuth, cosAzimuth) = Math.SinCos(azimuthRad);
        var (sinElevation, cosElevation) = Math.SinCos(elevationRad);
        var local = rangeKm * new Vector3d(cosElevation * sinAzimuth, cosElevation * cosAzimuth, sinElevation);
        return ItrfKm + _toEastNorthUp.TransposedTimes(local);
    }

    internal Matrix3 ToEastNorthUp => _toEastNorthUp;
}
