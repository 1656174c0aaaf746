using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The local horizon of a place on the rotating Earth: east, north, up; south, east, zenith; azimuth and elevation. The vertical is the ellipsoid's normal.</summary>
/// <remarks>Velocities are relative to the rotating Earth. Geometric: without light time, refraction, deflection of the vertical (up to 1') and tides of the station (up to 0.4 m).</remarks>
public sealed class TopocentricFrame
{
    private static readonly Matrix3 EastNorthUpToSouthEastZenith = new(0, -1, 0, 1, 0, 0, 0, 0, 1);

    private readonly Vector3d _placeKm;

    public TopocentricFrame(Geodetic place)
    {
        _placeKm = Wgs84.ToItrfKm(place);
        ItrfToEastNorthUp = Wgs84.ItrfToEastNorthUp(place);
        ItrfToSouthEastZenith = EastNorthUpToSouthEastZenith * ItrfToEastNorthUp;
    }

    /// <summary>Rotation of coordinates to east, north, up (ENU).</summary>
    public Matrix3 ItrfToEastNorthUp { get; }

    /// <summary>Rotation of coordinates to south, east, zenith (SEZ).</summary>
    public Matrix3 ItrfToSouthEastZenith { get; }

    /// <summary>East, north, up of the place.</summary>
    /// <exception cref="ArgumentException">The state is not in ITRF.</exception>
    public RelativeState ToEastNorthUp(CartesianState itrf) => To(ItrfToEastNorthUp, itrf);

    /// <summary>South, east, zenith of the place.</summary>
    /// <exception cref="ArgumentException">The state is not in ITRF.</exception>
    public RelativeState ToSouthEastZenith(CartesianState itrf) => To(ItrfToSouthEastZenith, itrf);

    /// <summary>The state in ITRF of what stands at east, north, up.</summary>
    public CartesianState FromEastNorthUp(Epoch epoch, RelativeState state)
        => new(epoch, Frame.Itrf, _placeKm + ItrfToEastNorthUp.TransposedTimes(state.PositionKm), ItrfToEastNorthUp.TransposedTimes(state.VelocityKmPerS));

    /// <summary>Range, azimuth and elevation with their rates.</summary>
    /// <exception cref="ArgumentException">The state is not in ITRF.</exception>
    public LookAngles ToLookAngles(CartesianState itrf)
    {
        var (p, v) = ToEastNorthUp(itrf);
        double range = p.Norm, across2 = p.X * p.X + p.Y * p.Y, across = Math.Sqrt(across2), azimuth = Math.Atan2(p.X, p.Y), rangeRate = p.Dot(v) / range;
        return new LookAngles(range, azimuth < 0 ? azimuth + Math.Tau : azimuth, Math.Atan2(p.Z, across), rangeRate,
            (v.X * p.Y - v.Y * p.X) / across2, (v.Z - rangeRate * p.Z / range) / across);
    }

    /// <summary>The state in ITRF of what is seen there.</summary>
    public CartesianState FromLookAngles(Epoch epoch, LookAngles seen)
    {
        var (sinAzimuth, cosAzimuth) = Math.SinCos(seen.AzimuthRad);
        var (sinElevation, cosElevation) = Math.SinCos(seen.ElevationRad);
        var sight = new Vector3d(cosElevation * sinAzimuth, cosElevation * cosAzimuth, sinElevation);
        var east = new Vector3d(cosElevation * cosAzimuth, -cosElevation * sinAzimuth, 0);
        var up = new Vector3d(-sinElevation * sinAzimuth, -sinElevation * cosAzimuth, cosElevation);
        return FromEastNorthUp(epoch, new RelativeState(seen.RangeKm * sight,
            seen.RangeRateKmPerS * sight + seen.RangeKm * (seen.AzimuthRateRadPerS * east + seen.ElevationRateRadPerS * up)));
    }

    private RelativeState To(Matrix3 turn, CartesianState itrf)
    {
        if (itrf.Frame != Frame.Itrf) throw new ArgumentException($"Expected ITRF, got {itrf.Frame}.", nameof(itrf));
        return new RelativeState(turn * (itrf.PositionKm - _placeKm), turn * itrf.VelocityKmPerS);
    }
}
