using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class WaveringAtmosphereTests
{
    [Fact]
    public void Ratio_OverAYear_HasTheSigmaAskedForAndChangesOverHours()
    {
        var air = new WaveringAtmosphere(ExponentialAtmosphere.Instance, 0.15, 4);
        double[] logs = [.. Enumerable.Range(0, 8_760).Select(hour => Math.Log(air.Ratio(SimulatedScene.Start.PlusSeconds(3_600 * hour))))];
        Assert.Equal(0, logs.Average(), 0.01);
        Assert.Equal(0.15, Math.Sqrt(logs.Average(x => x * x)), 0.01);
        Assert.InRange(logs.Zip(logs.Skip(1)).Max(pair => Math.Abs(pair.First - pair.Second)), 0.01, 0.1);
    }

    [Fact]
    public void DensityKgPerM3_AnywhereAtOneInstant_HasOneRatio()
    {
        var air = new WaveringAtmosphere(ExponentialAtmosphere.Instance, 0.15, 4);
        var (low, high) = (new Geodetic(0.5, 1, 300), new Geodetic(-1, 2, 800));
        double ratio = air.Ratio(SimulatedScene.Start);
        Assert.NotEqual(1, ratio);
        foreach (var place in new[] { low, high })
            Assert.Equal(ratio, air.DensityKgPerM3(SimulatedScene.Start, place) / ExponentialAtmosphere.Instance.DensityKgPerM3(SimulatedScene.Start, place), 1e-12);
        Assert.Equal(1, new WaveringAtmosphere(ExponentialAtmosphere.Instance, 0, 4).Ratio(SimulatedScene.Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaveringAtmosphere(ExponentialAtmosphere.Instance, double.NaN, 4));
    }
}
