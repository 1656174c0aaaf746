using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>In which direction a sensor sees the object, and what changes it.</summary>
internal readonly struct Sight
{
    private const double LightSpeedKmPerS = MeasurementModel.LightSpeedKmPerS;

    private readonly Vector3d _unit, _starVelocity;
    private readonly double _range;
    private readonly bool _apparent;

    /// <param name="geometry">Of the signal.</param>
    /// <param name="apparent">Whether axes that move with the sensor are meant.</param>
    /// <param name="starVelocityKmPerS">Of the Earth against the stars, where directions are measured between them; else 0.</param>
    public Sight(in SignalGeometry geometry, bool apparent, Vector3d starVelocityKmPerS)
    {
        _range = geometry.Down.Norm;
        _unit = geometry.Down / _range;
        (_apparent, _starVelocity) = (apparent, starVelocityKmPerS);
        Mount = apparent ? _unit + (geometry.Velocity - geometry.DownMotion) / LightSpeedKmPerS : geometry.Down;
        Stars = Mount - _range / LightSpeedKmPerS * starVelocityKmPerS;
    }

    /// <summary>As a mount's axes see it, in GCRF axes; of any length.</summary>
    public Vector3d Mount { get; }

    /// <summary>As right ascension and declination are measured; of any length.</summary>
    public Vector3d Stars { get; }

    /// <summary>Derivatives by the geometry of a figure whose derivatives by <see cref="Mount"/> are given.</summary>
    public SignalGeometry.Gradient OfMount(Vector3d by, double received) => _apparent
        ? new SignalGeometry.Gradient(default, default, (by - _unit.Dot(by) * _unit) / _range, default, received, by / LightSpeedKmPerS)
        : new SignalGeometry.Gradient(default, default, by, default, received);

    /// <summary>Derivatives by the geometry of a figure whose derivatives by <see cref="Stars"/> are given.</summary>
    public SignalGeometry.Gradient OfStars(Vector3d by)
    {
        var mount = OfMount(by, 0);
        return mount with { Down = mount.Down - by.Dot(_starVelocity) / LightSpeedKmPerS * _unit };
    }

    /// <summary>Angle about the third axis from the first towards the second, 0 to 2π, and above their plane.</summary>
    public static (double Around, double Above) Angles(Vector3d w)
    {
        double around = Math.Atan2(w.Y, w.X);
        return (around < 0 ? around + Math.Tau : around, Math.Atan2(w.Z, Math.Sqrt(w.X * w.X + w.Y * w.Y)));
    }

    /// <summary>Derivatives of <see cref="Angles"/>; on the third axis itself, where the first angle has no meaning, 0.</summary>
    public static (Vector3d Around, Vector3d Above) AngleSlopes(Vector3d w)
    {
        double across2 = w.X * w.X + w.Y * w.Y, across = Math.Sqrt(across2), all2 = across2 + w.Z * w.Z;
        if (!(across2 > 1e-24 * all2)) return default;
        return (new Vector3d(-w.Y, w.X, 0) / across2, new Vector3d(-w.X * w.Z, -w.Y * w.Z, across2) / (across * all2));
    }
}
