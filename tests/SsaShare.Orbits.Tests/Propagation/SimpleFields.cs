namespace SsaShare.Orbits.Tests;

/// <summary>Fields whose motion or energy is known in closed form.</summary>
internal static class SimpleFields
{
    public const double J2 = 1.0826e-3;

    public static GravityField PointMass { get; } = GravityField.Parse("398600.4418 6378.137\n2 0 0 0\n2 1 0 0\n2 2 0 0");

    /// <summary>Flattened, and the same all around the pole.</summary>
    public static GravityField Flattened { get; } = GravityField.Parse(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"398600.4418 6378.137\n2 0 {-J2 / Math.Sqrt(5):R} 0\n2 1 0 0\n2 2 0 0"));

    public static ForceModel Of(GravityField field) => new(new ForceModelOptions(2, false, false), field);
}
