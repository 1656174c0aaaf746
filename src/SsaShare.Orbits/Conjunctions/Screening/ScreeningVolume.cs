using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The space around an object into which no other should come: a sphere, or a box along the object's own RTN axes.</summary>
public sealed record ScreeningVolume
{
    private ScreeningVolume(double radiusKm, Vector3d? halfSizesKm) => (RadiusKm, HalfSizesKm) = (radiusKm, halfSizesKm);

    /// <summary>Of the sphere, or of the smallest sphere around the box, km.</summary>
    public double RadiusKm { get; }

    /// <summary>From the centre of the box to its faces, radial, transverse and normal, km; null for a sphere.</summary>
    public Vector3d? HalfSizesKm { get; }

    /// <exception cref="ArgumentOutOfRangeException">Not above 0 up to <see cref="LargestKm"/>.</exception>
    public static ScreeningVolume Sphere(double radiusKm) => new(Checked(radiusKm), null);

    /// <summary>A box of twice these sizes. It counts as entered wherever on its way the other object is inside, not at the closest approach alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0 up to <see cref="LargestKm"/>.</exception>
    public static ScreeningVolume Box(double radialKm, double transverseKm, double normalKm)
    {
        var half = new Vector3d(Checked(radialKm), Checked(transverseKm), Checked(normalKm));
        return new ScreeningVolume(Checked(half.Norm), half);
    }

    /// <summary>Above, close approaches are no longer what is looked for, and their number fills the memory.</summary>
    public const double LargestKm = 200;

    /// <summary>Whether the straight way from one relative position to another, RTN, touches the volume.</summary>
    internal bool IsCrossed(Vector3d from, Vector3d to)
    {
        var way = to - from;
        if (HalfSizesKm is not { } half)
        {
            double at = way.NormSquared > 0 ? Math.Clamp(-from.Dot(way) / way.NormSquared, 0, 1) : 0;
            return (from + at * way).Norm <= RadiusKm;
        }
        double enter = 0, leave = 1;
        return Slab(from.X, way.X, half.X, ref enter, ref leave) && Slab(from.Y, way.Y, half.Y, ref enter, ref leave) && Slab(from.Z, way.Z, half.Z, ref enter, ref leave);
    }

    private static bool Slab(double from, double way, double half, ref double enter, ref double leave)
    {
        if (way == 0) return Math.Abs(from) <= half;
        double a = (-half - from) / way, b = (half - from) / way;
        enter = Math.Max(enter, Math.Min(a, b));
        leave = Math.Min(leave, Math.Max(a, b));
        return enter <= leave;
    }

    private static double Checked(double km)
        => km is > 0 and <= LargestKm ? km : throw new ArgumentOutOfRangeException(nameof(km), km, $"Expected a size above 0 up to {LargestKm} km.");
}
