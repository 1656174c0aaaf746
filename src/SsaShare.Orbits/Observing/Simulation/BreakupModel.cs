using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What broke up.</summary>
public enum BrokenBody
{
    Spacecraft = 0,
    UpperStage = 1,
}

/// <summary>Why it broke up.</summary>
public enum BreakupCause
{
    Explosion = 0,
    Collision = 1,
}

/// <summary>Pieces of a body that breaks up: sizes, areas over mass and velocities by the NASA standard breakup model.</summary>
/// <remarks>
/// Johnson, Krisko, Liou and Anz-Meador, NASA's new breakup model of EVOLVE 4.0, Advances in Space Research 28 (9), 2001; its distribution of areas over mass holds for pieces above 11 cm, smaller ones
/// are refused. Directions are uniform on the sphere, as there; the momentum of a sample is therefore not exactly that of the parent, and masses are not made to add up to it.
/// </remarks>
public static class BreakupModel
{
    /// <summary>Smallest piece, m.</summary>
    public const double SmallestM = 0.11;

    private const double LargestM = 5, MetresPerKm = 1_000, ExplosionSlope = 1.6, CollisionSlope = 1.71;
    // Drag and radiation pressure coefficients of a tumbling plate or sphere.
    private const double DragCoefficient = 2.2, RadiationCoefficient = 1.3;

    /// <summary>Pieces that begin at the parent's place with velocities of their own.</summary>
    /// <param name="parent">The parent at the instant of its end, GCRF.</param>
    /// <param name="body">What it was.</param>
    /// <param name="cause">Why it broke up.</param>
    /// <param name="count">How many pieces.</param>
    /// <param name="label">Of the pieces, followed by their number.</param>
    /// <param name="seed">Of sizes and velocities.</param>
    /// <param name="sizeFromM">Smallest size; at least <see cref="SmallestM"/>.</param>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Pieces too small, or fewer than none.</exception>
    public static IReadOnlyList<SimulatedObject> Pieces(CartesianState parent, BrokenBody body, BreakupCause cause, int count, string label, ulong seed, double sizeFromM = SmallestM)
    {
        if (parent.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {parent.Frame}.", nameof(parent));
        if (!(sizeFromM is >= SmallestM and < LargestM)) throw new ArgumentOutOfRangeException(nameof(sizeFromM), sizeFromM, $"Expected {SmallestM} to {LargestM} m.");
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var pieces = new SimulatedObject[count];
        for (int i = 0; i < count; i++)
        {
            var random = new SimulationRandom(seed, i, 0, 4);
            double size = SizeM(cause, sizeFromM, random.NextUniform());
            double areaToMass = Math.Pow(10, LogAreaToMass(body, Math.Log10(size), ref random));
            double speed = Math.Pow(10, MeanLogSpeed(cause, Math.Log10(areaToMass)) + SpeedSigma * random.NextNormal()) / MetresPerKm;
            var start = new CartesianState(parent.Epoch, Frame.Gcrf, parent.PositionKm, parent.VelocityKmPerS + speed * random.NextDirection());
            pieces[i] = new SimulatedObject($"{label}{i + 1}", start, new SurfaceCoefficients(DragCoefficient * areaToMass, RadiationCoefficient * areaToMass), size);
        }
        return pieces;
    }

    /// <summary>How many pieces larger than a size an explosion of an upper stage of 600 to 1,000 kg makes; other bodies by a scale of their own. Equation 2.</summary>
    public static double ExplosionCount(double sizeM, double scale = 1) => 6 * scale * Math.Pow(sizeM, -ExplosionSlope);

    /// <summary>How many pieces larger than a size a collision makes. Equation 4.</summary>
    /// <param name="sizeM">The size.</param>
    /// <param name="massKg">Of both bodies where the collision is catastrophic (40 J/g and more), else that of the smaller times the square of the speed in km/s.</param>
    public static double CollisionCount(double sizeM, double massKg) => 0.1 * Math.Pow(massKg, 0.75) * Math.Pow(sizeM, -CollisionSlope);

    /// <summary>Standard deviation of the decimal logarithm of the velocity, m/s. Equations 11 and 12.</summary>
    internal const double SpeedSigma = 0.4;

    /// <summary>Mean of the decimal logarithm of the velocity, m/s, by that of the area over mass, m²/kg. Equations 11 and 12.</summary>
    internal static double MeanLogSpeed(BreakupCause cause, double logAreaToMass) => cause == BreakupCause.Explosion ? 0.2 * logAreaToMass + 1.85 : 0.9 * logAreaToMass + 2.90;

    /// <summary>The size that a share of the pieces exceeds, by the power laws of the counts, cut off at <see cref="LargestM"/>.</summary>
    private static double SizeM(BreakupCause cause, double fromM, double share)
    {
        double slope = cause == BreakupCause.Explosion ? ExplosionSlope : CollisionSlope;
        double least = Math.Pow(LargestM / fromM, -slope);
        return fromM * Math.Pow(least + (1 - least) * (1 - share), -1 / slope);
    }

    /// <summary>Decimal logarithm of area over mass, m²/kg, by that of the size in metres: one of two normal distributions. Equations 5 and 6.</summary>
    private static double LogAreaToMass(BrokenBody body, double x, ref SimulationRandom random)
    {
        var (share, mean1, sigma1, mean2, sigma2) = body == BrokenBody.UpperStage
            ? (Ramp(x, -1.4, 0, 1, 0.5), Ramp(x, -0.5, 0, -0.45, -0.9), 0.55, -0.9, Ramp(x, -1, 0.1, 0.28, 0.1))
            : (Ramp(x, -1.95, 0.55, 0, 1), Ramp(x, -1.1, 0, -0.6, -0.95), Ramp(x, -1.3, -0.3, 0.1, 0.3), Ramp(x, -0.7, -0.1, -1.2, -2), Ramp(x, -0.5, -0.3, 0.5, 0.3));
        return random.NextUniform() < share ? mean1 + sigma1 * random.NextNormal() : mean2 + sigma2 * random.NextNormal();
    }

    /// <summary>Straight from one value to another, constant outside.</summary>
    private static double Ramp(double x, double from, double to, double first, double last) => first + (last - first) * Math.Clamp((x - from) / (to - from), 0, 1);
}
