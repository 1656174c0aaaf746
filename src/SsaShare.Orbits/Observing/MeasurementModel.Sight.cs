using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From measured angles to a direction.</summary>
public sealed partial class MeasurementModel
{
    /// <summary>The line along which an observation saw the object, published biases taken off: right ascension and declination where there are both, else azimuth and elevation.</summary>
    /// <remarks>Light time and aberration stay in it, which is enough for a first orbit.</remarks>
    /// <exception cref="ArgumentException">The observation has neither pair, or its observer no horizon.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The observer or the table of Earth orientation does not cover the instant.</exception>
    public LineOfSight LineOfSight(TrackingObservation observation)
    {
        var (o, bias, place) = (observation.Measured, observation.Sensor.Bias, observation.Sensor.Place.At(observation.Epoch, _rotation, _bodies));
        Vector3d direction;
        if (o is { RightAscensionRad: { } rightAscension, DeclinationRad: { } declination })
            direction = FromGcrf(observation.Sensor.Conventions.AngleFrame, observation.Epoch).TransposedTimes(
                Direction(rightAscension - (bias.RightAscensionRad ?? 0), declination - (bias.DeclinationRad ?? 0)));
        else if (o is { AzimuthRad: { } azimuth, ElevationRad: { } elevation } && place.Horizon is { } horizon)
            direction = horizon.GcrfToEastNorthUp.TransposedTimes(Direction(Math.PI / 2 - azimuth + (bias.AzimuthRad ?? 0), elevation - (bias.ElevationRad ?? 0)));
        else throw new ArgumentException("The observation has no direction.", nameof(observation));
        return new LineOfSight(observation.Epoch, place.PositionKm, direction);
    }

    private static Vector3d Direction(double around, double above)
    {
        var (sinAround, cosAround) = Math.SinCos(around);
        var (sinAbove, cosAbove) = Math.SinCos(above);
        return new Vector3d(cosAbove * cosAround, cosAbove * sinAround, sinAbove);
    }
}
