using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Numerical orbits and ephemerides cut from them.</summary>
internal static class Followed
{
    public static readonly Epoch Start = Scene.Start;

    public static readonly Propagator Propagator = new(new ForceModel(ForceModelOptions.Precise, rotation: new EarthRotation(EarthOrientation.Default.Extended())), 1e-8);

    public static readonly SurfaceCoefficients Surface = new(0.02, 0.01);

    public static readonly Covariance6 Sure = Diagonal(0.05, 0.2, 0.03, 2e-4, 5e-5, 3e-5);

    /// <summary>Low, on a transfer to the geostationary ring, in that ring.</summary>
    public static readonly (string Name, KeplerianElements Elements)[] Kinds =
    [
        ("low", new(6_878, 0.001, 1.7, 0.3, 0.4, 0.5)), ("transfer", new(24_400, 0.73, 0.4, 1, 3, 0.01)), ("geostationary", new(42_164, 1e-4, 0.002, 0.3, 0.4, 2)),
    ];

    public static Trajectory Orbit(KeplerianElements elements, double hours, params OrbitManeuver[] plan)
        => Assert.IsType<PropagationOutcome<Trajectory>.Completed>(Propagator.Propagate(elements.ToState(Start, Frame.Gcrf), Surface, Start.PlusSeconds(hours * 3_600), new PropagationOptions { Maneuvers = plan })).Result;

    public static EphemerisStretch Cut(Trajectory orbit, double stepS, bool withVelocities = true, double fromS = 0, double toS = double.PositiveInfinity)
    {
        var nodes = new List<EphemerisNode>();
        for (double s = fromS; s <= Math.Min(toS, orbit.Last.SecondsSince(orbit.First)); s += stepS)
        {
            var state = orbit.At(orbit.First.PlusSeconds(s));
            nodes.Add(new EphemerisNode(state.Epoch, state.PositionKm, withVelocities ? state.VelocityKmPerS : null));
        }
        return new EphemerisStretch(nodes);
    }

    /// <summary>Distances of a motion from the orbit it was cut from, km, at many instants.</summary>
    public static double[] Errors(UncertainEphemeris motion, Trajectory orbit, Func<double, bool>? where = null)
    {
        var random = new Random(1);
        double length = orbit.Last.SecondsSince(orbit.First);
        return
        [
            .. Enumerable.Range(0, 2_000).Select(_ => random.NextDouble() * length).Where(s => where?.Invoke(s) ?? true).Select(s => orbit.First.PlusSeconds(s)).Where(motion.Covers)
                .Select(epoch => motion.StateAt(epoch).PositionKm.DistanceTo(orbit.At(epoch).PositionKm)),
        ];
    }

    /// <summary>In the object's own axes, by sigmas.</summary>
    public static Covariance6 Diagonal(params double[] sigmas)
    {
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = sigmas[i] * sigmas[i];
        return new Covariance6(lower);
    }
}
