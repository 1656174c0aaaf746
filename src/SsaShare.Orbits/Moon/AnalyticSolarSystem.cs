using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Sun and Moon by short series (<see cref="SunAndMoon"/>) at all times; what serves where no ephemeris file is at hand.</summary>
/// <remarks>
/// Against DE430 from January to March 2016: Moon within 460 km and 1.6 m/s, Sun within 7,200 km (0.003 degrees) and 14 m/s. Velocities by central differences over two minutes,
/// whose own error is below 1 mm/s.
/// </remarks>
public sealed class AnalyticSolarSystem : ISolarSystem
{
    private const double StepSeconds = 60, SecondsPerCentury = 36_525.0 * 86_400;

    private AnalyticSolarSystem() { }

    public static AnalyticSolarSystem Instance { get; } = new();

    public bool Covers(CelestialBody body, Epoch epoch) => body is CelestialBody.Sun or CelestialBody.Moon;

    public BodyState Geocentric(CelestialBody body, Epoch epoch)
    {
        Func<double, Vector3d> position = body switch
        {
            CelestialBody.Sun => SunAndMoon.SunKm,
            CelestialBody.Moon => SunAndMoon.MoonKm,
            _ => throw new ArgumentOutOfRangeException(nameof(body), body, "The series know the Sun and the Moon only."),
        };
        double t = epoch.TtCenturiesSinceJ2000, step = StepSeconds / SecondsPerCentury;
        return new BodyState(position(t), (position(t + step) - position(t - step)) / (2 * StepSeconds));
    }

    public double ErrorKm(CelestialBody body) => body switch
    {
        CelestialBody.Sun => 30_000,
        CelestialBody.Moon => 1_000,
        _ => throw new ArgumentOutOfRangeException(nameof(body), body, "The series know the Sun and the Moon only."),
    };
}
