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

    public SensorSite(Geodetic place)
    {
        Place = place;
        ItrfKm = Wgs84.ToItrfKm(place);
        _toEastNorthUp = Wgs84.ItrfToEastNorthUp(place);
    }

    public Geodetic Place { get; }

    public Vector3d ItrfKm { get; }

    /// <summary>Always; the table of Earth orientation has its own limits.</summary>
    public bool Covers(Epoch epoch) => true;

    /// <inheritdoc/>
    public ObserverState At(Epoch epoch, EarthRotation rotation)
    {
        var attitude = rotation.At(epoch);
        var velocity = attitude.AngularVelocityRadPerS.Cross(ItrfKm);
        return new ObserverState(attitude.GcrfToItrf.TransposedTimes(ItrfKm), attitude.GcrfToItrf.TransposedTimes(velocity),
            new LocalHorizon(_toEastNorthUp * attitude.GcrfToItrf, Place));
    }

    /// <summary>Geometric range, azimuth, elevation and range rate, all at one instant.</summary>
    /// <param name="itrf">State of the object in ITRF.</param>
    /// <exception cref="ArgumentException">The state is not in ITRF.</exception>
    public TopocentricMeasurement Measure(CartesianState itrf)
    {
        if (itrf.Frame != Frame.Itrf) throw new ArgumentException($"Expected ITRF, got {itrf.Frame}.", nameof(itrf));
        return Measure(ToLocal(itrf.PositionKm), _toEastNorthUp * itrf.VelocityKmPerS);
    }

    /// <summary>The ITRF position that lies at a range, azimuth and elevation.</summary>
    public Vector3d Locate(double rangeKm, double azimuthRad, double elevationRad)
    {
        var (sinAzimuth, cosAzimuth) = Math.SinCos(azimuthRad);
        var (sinElevation, cosElevation) = Math.SinCos(elevationRad);
        var local = rangeKm * new Vector3d(cosElevation * sinAzimuth, cosElevation * cosAzimuth, sinElevation);
        return ItrfKm + _toEastNorthUp.TransposedTimes(local);
    }

    /// <summary>East, north, up from the site, km.</summary>
    internal Vector3d ToLocal(Vector3d itrfKm) => _toEastNorthUp * (itrfKm - ItrfKm);

    internal Matrix3 ToEastNorthUp => _toEastNorthUp;

    internal static TopocentricMeasurement Measure(Vector3d local, Vector3d localVelocity)
    {
        double range = local.Norm, azimuth = Math.Atan2(local.X, local.Y);
        return new TopocentricMeasurement(range, azimuth < 0 ? azimuth + Math.Tau : azimuth, Math.Asin(local.Z / range), local.Dot(localVelocity) / range);
    }
}
