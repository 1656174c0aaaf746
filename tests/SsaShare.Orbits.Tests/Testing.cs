using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Small things that many tests need.</summary>
internal static class Testing
{
    public const double RadPerDegree = Math.PI / 180;

    public static Epoch At(string utc) => Utc.TryParse(utc, out var epoch) ? epoch : throw new ArgumentException(utc);

    /// <summary>In low orbit, inside the built-in table of Earth orientation.</summary>
    public static CartesianState LowOrbit { get; } = new KeplerianElements(7_190, 0.007, 1.529, 1, 0.5, 0.3).ToState(At("1996-12-15T02:24:03"), Frame.Gcrf);

    public static void Near(Vector3d expected, Vector3d actual, double within)
        => Assert.True(expected.DistanceTo(actual) <= within, $"Expected {expected} within {within}, got {actual}: {expected.DistanceTo(actual):G3} off.");

    /// <summary>Standard normal numbers from a seed, by Box and Muller.</summary>
    public static Func<double> Normal(int seed)
    {
        var random = new Random(seed);
        return () => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
    }

    public static OrbitFit Fitted(OrbitFitOutcome outcome)
        => outcome is OrbitFitOutcome.Fitted fitted ? fitted.Fit : throw new InvalidOperationException(outcome.ToString());
}
