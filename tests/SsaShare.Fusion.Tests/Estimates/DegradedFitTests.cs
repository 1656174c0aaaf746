using SsaShare.Domain;
using SsaShare.Fusion.Tests.Contributions;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests.Estimates;

/// <summary>Real observations degraded again and again: the orbit from them is worse than that from the originals, and says by how much.</summary>
public class DegradedFitTests
{
    private const int Draws = 10;
    private static readonly ArcFitter Fitter = new(new FusionOptions());

    /// <summary>Two days of three radars.</summary>
    private static readonly IReadOnlyList<ContributedObservation> All =
        [.. Seeds.Sphere.Where(c => c.Epoch.SecondsSince(Seeds.Sphere[0].Epoch) < 2 * 86_400).Select(DegradedTests.WithLeaf)];

    private static readonly OrbitFit Sharp = Fit(All, null);

    /// <summary>Without bad echoes: a degraded one no longer stands out.</summary>
    private static readonly IReadOnlyList<ContributedObservation> Originals =
        [.. All.Where((_, i) => !Sharp.Residuals.Any(residual => residual.ObservationIndex == i && residual.IsRejected))];

    [Theory]
    [InlineData(5, 0.5, null, 0.75)]
    [InlineData(5, 0.5, 5.0, 1.31)]
    public void Fit_OfDegradedObservations_HasAnHonestNormalisedError(double rangeKm, double angleDeg, double? epochStepS, double positionSigmaKm)
    {
        double sum = 0;
        for (int key = 0; key < Draws; key++)
        {
            var fit = Fit([.. Originals.Select(one => DegradedTests.Degrade(one, rangeKm, angleDeg, epochStepS, key))], Sharp.State);
            Assert.InRange(fit.Covariance.PositionSigmaKm, 0.9 * positionSigmaKm, 1.1 * positionSigmaKm);
            sum += NormalisedSquared(fit);
        }
        // Chi-square with six degrees of freedom a draw, one part in ten thousand on either side.
        Assert.InRange(sum / Draws, 2.6, 11);
    }

    private static OrbitFit Fit(IReadOnlyList<ContributedObservation> observations, CartesianState? near)
    {
        SensorObservation[] all = [.. observations.Select(one => one.ForFit)];
        var epoch = All[^1].Epoch;
        var outcome = near is not null ? Fitter.Refine(all, near, epoch) : Fitter.Fit([.. PassesOf(all)], epoch);
        return outcome is OrbitFitOutcome.Fitted { Fit: var fit } ? fit : throw new InvalidOperationException($"{outcome}");
    }

    private static IEnumerable<IReadOnlyList<SensorObservation>> PassesOf(SensorObservation[] all)
    {
        foreach (var ofSensor in all.GroupBy(one => one.Sensor.Id))
        {
            var pass = new List<SensorObservation>();
            foreach (var one in ofSensor.OrderBy(one => one.Epoch))
            {
                if (pass.Count > 0 && one.Epoch.SecondsSince(pass[^1].Epoch) > 600)
                {
                    yield return pass;
                    pass = [];
                }
                pass.Add(one);
            }
            yield return pass;
        }
    }

    /// <summary>Of the difference to the sharp orbit, by the covariance of the degraded one.</summary>
    private static double NormalisedSquared(OrbitFit fit)
    {
        Vector3d dr = fit.State.PositionKm - Sharp.State.PositionKm, dv = fit.State.VelocityKmPerS - Sharp.State.VelocityKmPerS;
        double[] d = [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z], p = new double[36], x = new double[6];
        for (int i = 0; i < 36; i++) p[i] = fit.Covariance[i / 6, i % 6];
        Assert.True(SymmetricSolver.TrySolve(p, d, x));
        return d.Zip(x, (a, b) => a * b).Sum();
    }
}
