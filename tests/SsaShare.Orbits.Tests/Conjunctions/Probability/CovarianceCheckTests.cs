using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class CovarianceCheckTests
{
    private static readonly CartesianState State = Testing.LowOrbit;

    [Fact]
    public void Examine_SoundCovariance_IsReturnedAsItIs()
    {
        var sound = EncounterTests.Round(0.1, 1e-4);
        var verdict = CovarianceCheck.Examine(State, sound);
        Assert.Same(sound, verdict.Usable);
        Assert.Empty(verdict.Remarks);
    }

    [Fact]
    public void Examine_NegativeEigenvalue_IsRaisedAndTold()
    {
        double[] lower = [.. EncounterTests.Round(1, 1e-3).Lower];
        // A correlation of 1.2 between x and y.
        lower[1] = 1.2;
        var verdict = CovarianceCheck.Examine(State, new Covariance6(lower));
        Assert.Equal([CovarianceFault.PositionNotPositive, CovarianceFault.NotPositive], verdict.Remarks.Select(remark => remark.Fault));
        var remedied = verdict.Usable!;
        Assert.True(remedied[0, 0] * remedied[1, 1] >= remedied[0, 1] * remedied[0, 1] * (1 - 1e-12));
        // Along x = y nothing changes, across it the variance of -0.2 becomes nothing.
        Assert.Equal(2.2, 0.5 * (remedied[0, 0] + remedied[1, 1]) + remedied[0, 1], 1e-12);
        Assert.Equal(0, 0.5 * (remedied[0, 0] + remedied[1, 1]) - remedied[0, 1], 1e-12);
    }

    [Theory]
    [InlineData(0.1, 0, CovarianceFault.NoVelocity)]
    [InlineData(1e-6, 1e-9, CovarianceFault.TooSmall)]
    [InlineData(900, 1, CovarianceFault.TooLarge)]
    public void Examine_StrangeSizes_AreTold(double sigmaKm, double sigmaKmPerS, CovarianceFault fault)
        => Assert.Equal(fault, Assert.Single(CovarianceCheck.Examine(State, EncounterTests.Round(sigmaKm, sigmaKmPerS)).Remarks).Fault);

    [Fact]
    public void Examine_Missing_IsRefusedOrReplacedAsAsked()
    {
        Assert.Null(CovarianceCheck.Examine(State, null).Usable);
        Assert.Null(CovarianceCheck.Examine(State, EncounterTests.Round(0, 0)).Usable);
        var verdict = CovarianceCheck.Examine(State, null, CovarianceDefaults.ElementSets);
        Assert.Equal(Math.Sqrt(0.2 * 0.2 + 1 + 0.2 * 0.2), verdict.Usable!.PositionSigmaKm, 1e-9);
        Assert.Equal([CovarianceFault.Missing, CovarianceFault.Replaced], verdict.Remarks.Select(remark => remark.Fault));
    }

    [Fact]
    public void TryFrom_FullMatrix_TellsAsymmetryAndRefusesNonsense()
    {
        double[] full = new double[36];
        for (int i = 0; i < 6; i++) full[i * 7] = 1;
        Assert.True(CovarianceCheck.TryFrom(full, out _, out var remark));
        Assert.Null(remark);
        full[1] = 0.5;
        Assert.True(CovarianceCheck.TryFrom(full, out var covariance, out remark));
        Assert.Equal(CovarianceFault.NotSymmetric, remark!.Fault);
        Assert.Equal(0.25, covariance![1, 0]);
        full[7] = -1;
        Assert.False(CovarianceCheck.TryFrom(full, out _, out _));
        full[7] = double.NaN;
        Assert.False(CovarianceCheck.TryFrom(full, out _, out _));
    }

    [Fact]
    public void Assess_MissingCovariance_HasNoFigureButAReason()
    {
        var pair = EncounterTests.Crossing(new Vector3d(0.1, 0, 0));
        var refused = ProbabilityAssessor.Assess(pair.First, null, pair.Second, pair.SecondCovariance, 0.01, new ProbabilityOptions(ProbabilityMethods.All));
        Assert.Null(refused.Recommended.Probability);
        Assert.Contains(refused.Warnings, warning => warning.Kind == ProbabilityWarningKind.FirstCovariance);
        var stand = ProbabilityAssessor.Assess(pair.First, null, pair.Second, pair.SecondCovariance, 0.01, new ProbabilityOptions(ProbabilityMethods.Maximum) { Defaults = CovarianceDefaults.ElementSets });
        Assert.InRange(stand.Recommended.Probability!.Value, 1e-7, 1e-3);
        Assert.Contains(stand.Warnings, warning => warning.Kind == ProbabilityWarningKind.Diluted);
    }
}
