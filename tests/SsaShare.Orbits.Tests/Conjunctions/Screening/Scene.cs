using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Generated catalogs and ways to screen them.</summary>
internal static class Scene
{
    public static readonly Epoch Start = Testing.At("2024-11-01T00:00:00Z");

    /// <summary>Half in one crowded shell, where approaches are many; half of every kind of orbit, resonant and eccentric ones included.</summary>
    public static ScreenedObject[] Crowd(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new ScreenedElements(1_000 + 7 * i, i % 2 == 0 ? InShell(random) : RandomElements.Sound(random) with { Epoch = Near(random) }))];
    }

    public static ElementSet InShell(Random random)
        => new("0", Near(random), 14.5 + 0.03 * random.NextDouble(), 0.003 * random.NextDouble(), Math.PI * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), 1e-4 * random.NextDouble(), 0, 0);

    public static ScreeningOptions Options(double hours, double km, int threads = 2) => new(Start, Start.PlusSeconds(hours * 3_600), ScreeningVolume.Sphere(km)) { Threads = threads };

    public static ScreeningReport Screen(IEnumerable<ScreenedObject> objects, ScreeningOptions options) => ConjunctionScreener.Screen(objects, options);

    /// <summary>With so many windows at a time.</summary>
    public static ScreeningReport Strided(IEnumerable<ScreenedObject> objects, ScreeningOptions options, int stride)
        => ConjunctionScreener.Screen(new ScreeningIntake(objects, options), options, null, null, null, default, stride);

    private static Epoch Near(Random random) => Start.PlusSeconds(-86_400 * random.NextDouble());
}
