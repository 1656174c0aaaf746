using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Element sets from a seed.</summary>
internal static class RandomElements
{
    private static readonly Epoch Start = Testing.At("2010-01-01T00:00:00Z");
    private static readonly double[] Senseless = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, -double.MaxValue, double.Epsilon, 0, -0.0, -1, 1, 1e10];

    /// <summary>As an orbit determination could have them: perigee above the ground, every kind of orbit and resonance.</summary>
    public static ElementSet Sound(Random random)
    {
        while (true)
        {
            double revolutions = random.Next(4) switch
            {
                0 => 0.9 + 0.2 * random.NextDouble(),
                1 => 1.95 + 0.1 * random.NextDouble(),
                2 => Math.Pow(10, random.NextDouble() * 1.4 - 0.2),
                _ => 11 + 5 * random.NextDouble(),
            };
            double eccentricity = random.Next(3) == 0 ? 0.9 * random.NextDouble() : Math.Pow(10, -6 * random.NextDouble());
            double axisKm = Math.Pow(398_600.8 / Math.Pow(revolutions * Math.Tau / 86_400, 2), 1.0 / 3);
            if (eccentricity >= 1 || axisKm * (1 - eccentricity) < 6_378 + 160) continue;
            double inclination = random.Next(5) == 0 ? 0.01 * random.NextDouble() : Math.PI * random.NextDouble();
            return Set(random, revolutions, eccentricity, inclination, Math.Pow(10, -8 + 5 * random.NextDouble()) * (random.Next(8) == 0 ? -1 : 1));
        }
    }

    /// <summary>Anything that the type can hold within the ranges it names.</summary>
    public static ElementSet Valid(Random random)
        => Set(random, Math.Pow(10, random.NextDouble() * 8 - 5), 1 - Math.Pow(10, -12 * random.NextDouble() * random.Next(2)), Math.PI * random.NextDouble(), Math.Pow(10, -8 + 10 * random.NextDouble()) * (random.Next(2) * 2 - 1));

    /// <summary>A valid set of which one or two elements have become senseless.</summary>
    public static ElementSet Wild(Random random)
    {
        var set = Valid(random);
        for (int i = random.Next(2); i >= 0; i--)
        {
            double value = Senseless[random.Next(Senseless.Length)];
            set = random.Next(7) switch
            {
                0 => set with { MeanMotionRevPerDay = value },
                1 => set with { Eccentricity = value },
                2 => set with { InclinationRad = value },
                3 => set with { RightAscensionOfNodeRad = value },
                4 => set with { ArgumentOfPericenterRad = value },
                5 => set with { MeanAnomalyRad = value },
                _ => set with { BStarPerEarthRadii = value },
            };
        }
        return set;
    }

    private static ElementSet Set(Random random, double revolutions, double eccentricity, double inclination, double bStar) => new(
        "99999", Start.PlusSeconds(random.Next(400_000_000) + random.NextDouble()), revolutions, eccentricity, inclination,
        Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), bStar, 0, 0);
}
