using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Random numbers that follow from a key, so that they do not depend on the order in which things are simulated or on threads.</summary>
/// <remarks>SplitMix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.</remarks>
internal struct SimulationRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SimulationRandom(ulong seed, long a = 0, long b = 0, long c = 0)
        => _state = Mix(Mix(Mix(Mix(seed + Golden) ^ (ulong)a * Golden) + Golden ^ (ulong)b) + Golden ^ (ulong)c * Golden);

    public ulong NextUInt64() => Mix(_state += Golden);

    /// <summary>From 0 up to and without 1.</summary>
    public double NextUniform() => (NextUInt64() >> 11) * 1.1102230246251565e-16;

    public double NextBetween(double low, double high) => low + (high - low) * NextUniform();

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int NextInteger(int low, int high) => low + (int)((ulong)(high - low + 1) * (NextUInt64() >> 32) >> 32);

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextUniform())) * Math.Cos(Math.Tau * NextUniform());

    /// <summary>Any direction as likely as another, length one.</summary>
    public Vector3d NextDirection()
    {
        double z = NextBetween(-1, 1), around = Math.Tau * NextUniform(), flat = Math.Sqrt(1 - z * z);
        return new Vector3d(flat * Math.Cos(around), flat * Math.Sin(around), z);
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
