using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class Sgp4PropagatorTests
{
    /// <summary>Vanguard 1, the first of the verification set.</summary>
    private static readonly ElementSet Vanguard = ElementLines.Parse(
        "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753", "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667");

    public static TheoryData<Sgp4Gravity, double, double, double> Gravities { get; } = new()
    {
        { Sgp4Gravity.Wgs72Old, -938.55923900, -6268.18748648, -4294.02924622 },
        { Sgp4Gravity.Wgs84, -938.54923145, -6268.17832042, -4294.02178472 },
    };

    /// <summary>Expected by the published program (python-sgp4 2.26).</summary>
    [Theory, MemberData(nameof(Gravities))]
    public void Propagate_OtherGravity_GivesThePublishedProgramsPosition(Sgp4Gravity gravity, double x, double y, double z)
        => Testing.Near(new Vector3d(x, y, z), new Sgp4Propagator(Vanguard, new Sgp4Options(gravity)).Propagate(1_440).PositionKm, 2e-8);

    [Fact]
    public void TryPropagate_Instant_GivesStateInTeme()
    {
        var at = Vanguard.Epoch.PlusSeconds(3_600);
        Assert.True(new Sgp4Propagator(Vanguard).TryPropagate(at, out var state, out var error));
        Assert.Equal((Frame.Teme, at, Sgp4Error.None), (state.Frame, state.Epoch, error));
        Assert.Equal(new Sgp4Propagator(Vanguard).Propagate(60).PositionKm, state.PositionKm);
    }

    [Fact]
    public void TryPropagate_LongAfterItsDecay_SaysWhy()
    {
        var falling = Vanguard with { MeanMotionRevPerDay = 16.4, Eccentricity = 0.001, BStarPerEarthRadii = 0.01 };
        Assert.False(new Sgp4Propagator(falling).TryPropagate(falling.Epoch.PlusSeconds(30 * 86_400), out var state, out var error));
        Assert.Null(state);
        Assert.InRange(error, Sgp4Error.MeanEccentricity, Sgp4Error.OutOfReach);
    }

    [Fact]
    public void Describe_EveryError_HasAnOwnSentence()
    {
        string[] sentences = [.. Enum.GetValues<Sgp4Error>().Select(error => error.Describe())];
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
    }
}
