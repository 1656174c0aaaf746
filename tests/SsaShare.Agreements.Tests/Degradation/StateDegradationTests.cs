using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

/// <summary>Orbit states: the covariance covers the error, whatever was added, and tells nothing of the true axes.</summary>
public sealed class StateDegradationTests
{
    private const int Count = 3_000;

    // A millimetre: what the originator knows is far better than what the profile gives.
    private static readonly Covariance6 Sharp = Diagonal(1e-12, 1e-18);

    [Theory]
    [InlineData(0.5, 0.0005)]
    [InlineData(20, 0.02)]
    public void Apply_Thousands_NormalisedErrorSquaredIsHonest(double positionSigmaKm, double velocitySigmaKmPerS)
        => ChiSquare.AssertHonest(NormalisedErrorsSquared(new DegradationFigures { PositionSigmaKm = positionSigmaKm, VelocitySigmaKmPerS = velocitySigmaKmPerS }, Sharp).Sum(), 6 * Count);

    [Fact]
    public void Apply_WithEpochStep_NormalisedErrorSquaredIsHonest()
        => ChiSquare.AssertHonest(NormalisedErrorsSquared(new DegradationFigures { PositionSigmaKm = 1, VelocitySigmaKmPerS = 0.001, EpochStepS = 1 }, Sharp).Sum(), 6 * Count);

    [Theory]
    [InlineData(50, 1, 0.001)]
    [InlineData(20, 0.1, 0.0001)]
    public void Apply_WithALongEpochStep_IsNotOverconfident(double epochStepS, double positionSigmaKm, double velocitySigmaKmPerS)
        => ChiSquare.AssertNotOverconfident(
            NormalisedErrorsSquared(new DegradationFigures { PositionSigmaKm = positionSigmaKm, VelocitySigmaKmPerS = velocitySigmaKmPerS, EpochStepS = epochStepS }, Sharp).Sum(), 6 * Count);

    [Fact]
    public void Apply_ToAStateWhoseOwnErrorIsAsLarge_IsNotOverconfident()
    {
        var figures = new DegradationFigures { PositionSigmaKm = 0.5, VelocitySigmaKmPerS = 0.0005 };
        ChiSquare.AssertNotOverconfident(NormalisedErrorsSquared(figures, Diagonal(0.25, 2.5e-7)).Sum(), 6 * Count);
        ChiSquare.AssertNotOverconfident(NormalisedErrorsSquared(new DegradationFigures { PositionSigmaKm = 0.5 }, Diagonal(0.25, 2.5e-7)).Sum(), 6 * Count);
    }

    [Fact]
    public void Apply_Covariance_TellsNothingOfTheTrueAxes()
    {
        // Two originals that differ only in which axis is the uncertain one.
        var state = Sky.States(1, seed: 31).Single();
        var profile = Sky.Profile(new DegradationFigures { PositionSigmaKm = 1, EpochStepS = 1 });
        var given = new[] { 0, 1, 2 }.Select(axis => new OrbitState("25544", state, LongAxis(axis))).Select(original => StateDegradation.Apply(original, profile, Sky.NoiseOf(original))!.Value.Degraded).ToList();
        Assert.Single(given.Select(one => one.Covariance).Distinct());
        // What it does show is computed from what is given.
        Assert.Equal(StateInflation.Apply(LongAxis(2), given[0].State, new AddedSigma { PositionKm = 1, EpochS = 1 / Math.Sqrt(3) }), given[0].Covariance);
        Assert.NotEqual(state.PositionKm, given[0].State.PositionKm);
    }

    [Fact]
    public void Apply_CorrelatedOriginal_IsBoundedByTheSpheres()
    {
        // Along-track position against radial velocity, fully correlated: the worst case of the bound.
        double[] lower = new double[21];
        (lower[0], lower[2], lower[5], lower[9], lower[14], lower[20]) = (4, 1, 1, 1e-6, 4e-6, 1e-6);
        lower[10] = -2 * 2e-3;
        var inflated = StateInflation.Apply(new Covariance6(lower), Sky.States(1, seed: 32).Single(), new AddedSigma { PositionKm = 0.001 });
        // Of the direction in which the original is largest, in units of its own sigmas: (1, -1) / sqrt 2 has variance 2.
        Assert.InRange(inflated[0, 0] / 4 / 2 + inflated[4, 4] / 4e-6 / 2, 2, 2.0001);
    }

    [Fact]
    public void Apply_WithoutACovariance_StatesTheAddedErrorAlone()
    {
        var original = new OrbitState("25544", Sky.States(1, seed: 33).Single(), null);
        var (degraded, added) = StateDegradation.Apply(original, Sky.Profile(new DegradationFigures { PositionSigmaKm = 2 }, RemovedField.ObjectTag), Sky.NoiseOf(original))!.Value;
        Assert.Null(degraded.Covariance);
        Assert.Null(degraded.ObjectTag);
        Assert.Equal(new AddedSigma { PositionKm = 2 }, added);
        Assert.Equal(original.State.VelocityKmPerS, degraded.State.VelocityKmPerS);
    }

    [Fact]
    public void Apply_AProfileThatHidesNothingOfIt_GivesNothing()
    {
        var original = new OrbitState(null, Sky.States(1, seed: 34).Single(), Sharp);
        Assert.Null(StateDegradation.Apply(original, Sky.Profile(new DegradationFigures { RangeSigmaKm = 1 }, RemovedField.ObjectTag), Sky.NoiseOf(original)));
    }

    private static IEnumerable<double> NormalisedErrorsSquared(DegradationFigures figures, Covariance6 own)
    {
        var random = new Random(35);
        foreach (var truth in Sky.States(Count, seed: 36))
        {
            var known = new CartesianState(truth.Epoch, truth.Frame, truth.PositionKm + Error(own[0, 0]), truth.VelocityKmPerS + Error(own[3, 3]));
            var original = new OrbitState("25544", known, own);
            var degraded = StateDegradation.Apply(original, Sky.Profile(figures), Sky.NoiseOf(original))!.Value.Degraded;
            var then = TwoBody.After(truth, degraded.State.Epoch.SecondsSince(truth.Epoch));
            var (dr, dv) = (degraded.State.PositionKm - then.PositionKm, degraded.State.VelocityKmPerS - then.VelocityKmPerS);
            yield return Quadratic.Form(degraded.Covariance!, [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z]);
        }

        Vector3d Error(double variance) => Math.Sqrt(variance) * new Vector3d(Sky.Normal(random), Sky.Normal(random), Sky.Normal(random));
    }

    private static Covariance6 LongAxis(int axis)
    {
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = i < 3 ? (i == axis ? 9 : 1) : 1e-6;
        return new Covariance6(lower);
    }

    private static Covariance6 Diagonal(double position, double velocity)
    {
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = i < 3 ? position : velocity;
        return new Covariance6(lower);
    }
}
