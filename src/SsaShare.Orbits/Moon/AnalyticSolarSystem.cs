using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Sun and Moon by short series (<see cref="SunAndMoon"/>) and planets by mean elements, at all times; what serves where no ephemeris file is at hand.</summary>
/// <remarks>
/// Against DE430 from January to March 2016: Moon within 460 km and 1.6 m/s, Sun within 7,200 km (0.003 degrees) and 14 m/s,
/// inner planets within 14,000 km, Jupiter within 0.5 and Saturn within 2 million km. Velocities by central differences over two minutes,
/// whose own error is below 1 mm/s.
/// </remarks>
public sealed class AnalyticSolarSystem : ISolarSystem
{
    private const double StepSeconds = 60, SecondsPerCentury = 36_525.0 * 86_400;

    private AnalyticSolarSystem() { }

    public static AnalyticSolarSystem Instance { get; } = new();

    public bool Covers(CelestialBody body, Epoch epoch) => body is CelestialBody.Sun or CelestialBody.Moon || ApproximatePlanets.Knows(body);

    public BodyState Geocentric(CelestialBody body, Epoch epoch)
    {
        double t = epoch.TtCenturiesSinceJ2000, step = StepSeconds / SecondsPerCentury;
        return new BodyState(PositionKm(body, t), (PositionKm(body, t + step) - PositionKm(body, t - step)) / (2 * StepSeconds));
    }

    public Vector3d PositionKm(CelestialBody body, Epoch epoch) => PositionKm(body, epoch.TtCenturiesSinceJ2000);

    private static Vector3d PositionKm(CelestialBody body, double ttCenturies) => body switch
    {
        CelestialBody.Sun => SunAndMoon.SunKm(ttCenturies),
        CelestialBody.Moon => SunAndMoon.MoonKm(ttCenturies),
        _ when ApproximatePlanets.Knows(body) => ApproximatePlanets.PositionKm(body, ttCenturies),
        _ => throw Unknown(body),
    };

    public double ErrorKm(CelestialBody body) => body switch
    {
        CelestialBody.Sun => 30_000,
        CelestialBody.Moon => 1_000,
        CelestialBody.Mercury or CelestialBody.Venus or CelestialBody.Mars => 200_000,
        CelestialBody.Jupiter or CelestialBody.Saturn => 5_000_000,
        _ => throw Unknown(body),
    };

    private static ArgumentOutOfRangeException Unknown(CelestialBody body) => new(nameof(body), body, "The series know Sun, Moon, and the planets from Mercury to Saturn only.");
}
