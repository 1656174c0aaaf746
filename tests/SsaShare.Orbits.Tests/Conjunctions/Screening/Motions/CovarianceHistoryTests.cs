using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Covariances between the instants of which they are known, against those that the partials of the orbit carry there.</summary>
public sealed class CovarianceHistoryTests
{
    [Theory]
    [InlineData(0, 600, 1e-4)]
    [InlineData(0, 5_400, 0.005)]
    [InlineData(1, 3_600, 1e-4)]
    [InlineData(2, 7_200, 1e-4)]
    public void At_BetweenBlocks_AsCarriedByPartials(int kind, double spacingS, double within)
    {
        var start = Followed.Kinds[kind].Elements.ToState(Followed.Start, Frame.Gcrf);
        var covariance = LocalOrbitFrame.Of(start, LocalOrbitAxes.Rtn).FromLocal(Followed.Sure);
        Epoch[] epochs = [.. Enumerable.Range(0, 97).Select(i => Followed.Start.PlusSeconds(i * spacingS / 4))];
        Assert.True(Followed.Propagator.TrySample(start, Followed.Surface, epochs, true, out var states));
        var truth = states.Select(state => (State: state.ToState(), Covariance: state.Carry(covariance))).ToArray();
        var history = new CovarianceHistory(truth.Where((_, i) => i % 4 == 0));
        var errors = new List<double>();
        for (int i = 0; i < truth.Length; i++)
        {
            var found = history.At(truth[i].State);
            Assert.True(IsPositive(found), $"{i}");
            if (i % 4 == 0) Assert.Equal(truth[i].Covariance, found);
            else errors.Add(LargestRatio(truth[i].State, truth[i].Covariance, found));
        }
        Figure.Quantiles($"covariance between blocks {spacingS} s apart, {Followed.Kinds[kind].Name} orbit, radial, transverse or normal sigma", "carried by partials", errors.Select(one => one * 100), "%");
        Assert.True(errors.Max() <= within, $"{errors.Max():G3}");
    }

    /// <summary>Blocks that do not follow from each other, as after new observations: still a covariance, between both.</summary>
    [Fact]
    public void At_BetweenBlocksOfDifferentSize_IsPositiveAndBetween()
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 2);
        CartesianState first = orbit.At(orbit.First), last = orbit.At(orbit.First.PlusSeconds(5_000)), middle = orbit.At(orbit.First.PlusSeconds(2_500));
        var history = new CovarianceHistory([(last, Own(last, 0.01)), (first, Own(first, 1))]);
        var found = history.At(middle);
        Assert.True(IsPositive(found));
        Assert.InRange(found.PositionSigmaKm, new CovarianceHistory([(last, Own(last, 0.01))]).At(middle).PositionSigmaKm, new CovarianceHistory([(first, Own(first, 1))]).At(middle).PositionSigmaKm);
    }

    [Fact]
    public void At_OfPositionsAlone_TurnsWithTheObject()
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 1);
        var (first, later) = (orbit.At(orbit.First), orbit.At(orbit.First.PlusSeconds(1_400)));
        var given = LocalOrbitFrame.Of(first, LocalOrbitAxes.Rtn).FromLocal(Followed.Diagonal(0.1, 1, 0.2, 0, 0, 0));
        var found = LocalOrbitFrame.Of(later, LocalOrbitAxes.Rtn).ToLocal(new CovarianceHistory([(first, given)]).At(later));
        for (int i = 0; i < 3; i++) Assert.Equal(Math.Pow(((double[])[0.1, 1, 0.2])[i], 2), found[i, i], 1e-12);
        Assert.Equal(0, found.VelocitySigmaKmPerS);
    }

    private static Covariance6 Own(CartesianState state, double size)
        => LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(Followed.Diagonal(size * 0.1, size, size * 0.1, size * 1e-3, size * 1e-4, size * 1e-4));

    private static double LargestRatio(CartesianState state, Covariance6 expected, Covariance6 actual)
    {
        var axes = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn);
        var (one, two) = (axes.ToLocal(expected), axes.ToLocal(actual));
        return Enumerable.Range(0, 3).Max(i => Math.Abs(Math.Sqrt(two[i, i] / one[i, i]) - 1));
    }

    /// <summary>By its factor, scaled to unit variances.</summary>
    private static bool IsPositive(Covariance6 covariance)
    {
        double[,] l = new double[6, 6];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j <= i; j++)
        {
            double rest = covariance[i, j] / Math.Sqrt(covariance[i, i] * covariance[j, j]);
            for (int k = 0; k < j; k++) rest -= l[i, k] * l[j, k];
            if (i == j && !(rest > 0)) return false;
            l[i, j] = i == j ? Math.Sqrt(rest) : rest / l[j, j];
        }
        return true;
    }
}
