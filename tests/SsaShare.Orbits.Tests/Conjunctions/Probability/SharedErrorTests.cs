using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>
/// The error of the forecast density that both objects share, against the figure that NASA publishes for one of its messages: NPP and a piece of Fengyun 1C, 2020-05-04 21:58:57 UTC, radius 6 m, 3.20e-5
/// to 5e-3 (CARA Analysis Tools, test 3 of Pc_CovXCorr). States fixed to the Earth, km; covariances radial, transverse, normal, m; sensitivities m and m/s.
/// </summary>
public sealed class SharedErrorTests
{
    private const double Published = 3.20e-5;

    private static readonly Stated First = new(new Vector3d(-2033.907306, -862.963455, 6849.493099), new Vector3d(4.164995564, 5.941632106, 1.98169204),
        [
            99.82063316200573,
            -222.7446612994155, 60604.48748059379,
            5.676478068917388, -1.147350088066326, 2.47030071156003,
            0.2690001467574226, -62.5371572738348, 0.003807343843251703, 0.06455531890236849,
            -0.1024273152203404, 0.09768380900879144, -0.005847879397599125, -0.000141151336009612, 0.0001053883524765443,
            0.01318147940604576, 0.01964741958716308, 0.0008161833367439325, -1.612124587996858e-05, -1.363561295590352e-05, 1.802504108030661e-05,
        ],
        0.162507601, new Vector3d(-2.946161139106405, 1113.965981471415, -0.1148505270097804), new Vector3d(-1.149618543506272, 0.0004844414411164848, 0.0006772013266813556));

    private static readonly Stated Second = new(new Vector3d(-2035.066086, -860.243711, 6849.50844), new Vector3d(-7.155856482, 1.151966294, -1.954388926),
        [
            2179.062227148182,
            8957.826371886062, 10061169.4508937,
            1135.630012232959, -9759.553230101326, 1853.047740152695,
            -12.36802602172263, -10415.19649193471, 8.751978381712464, 10.78938897926689,
            -2.218053948404326, 23.48215337126382, -1.206229550124721, -0.02113218919270359, 0.002364324414789468,
            0.6118662292456731, -1.044552977867151, 1.291501316581288, 0.0009816070814129588, -0.0006390083282220284, 0.001473323088533704,
        ],
        0.182378291, new Vector3d(18.50745284075493, 14703.81519819634, 0.4438009811065939), new Vector3d(-15.2066104653873, 0.02686287012764332, 0.009345946681303193));

    private sealed record Stated(Vector3d PositionKm, Vector3d VelocityKmPerS, double[] LowerM, double Sigma, Vector3d PositionByDensityM, Vector3d VelocityByDensityMPerS)
    {
        public CartesianState State()
            => new EarthRotation(EarthOrientation.Default.Extended()).ToGcrf(new CartesianState(Testing.At("2020-05-04T21:58:57.147"), Frame.Itrf, PositionKm, VelocityKmPerS));

        public Covariance6 Covariance(CartesianState state) => LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6([.. LowerM.Select(x => 1e-6 * x)]));

        public DensityError Density(CartesianState state, double share = 1) => DensityError.FromRtn(state, share * Sigma, 1e-3 * PositionByDensityM, 1e-3 * VelocityByDensityMPerS);
    }

    [Fact]
    public void TwoDimensional_PublishedMessage_HasThePublishedFigure()
    {
        double apart = Probability(0), together = Probability(1);
        Figure.Say("one message, 2D probability with the shared error of the air's density, relative", "CARA's own figure, three digits", "value", Math.Abs(together / Published - 1), "", Aim.AtMost(5e-3));
        Assert.InRange(together / Published - 1, -5e-3, 5e-3);
        // What is corrected is not small.
        Assert.True(Math.Abs(apart / together - 1) > 0.1, $"{apart} and {together}");
    }

    private static double Probability(double share)
    {
        CartesianState first = First.State(), second = Second.State();
        var pair = new ConjunctionPair(first, First.Covariance(first), second, Second.Covariance(second), 0.006) { Shared = new SharedError(First.Density(first, share), Second.Density(second, share)) };
        Assert.True(ClosestApproachShift.TryMove(pair, ApproachMotion.Linear, out var moved, out _));
        Assert.True(EncounterGeometry.TryOf(moved, out var geometry));
        return FosterProbability.Of(geometry!.Plane);
    }
}
