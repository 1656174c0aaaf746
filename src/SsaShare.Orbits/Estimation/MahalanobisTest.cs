using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Whether squared Mahalanobis distances are as large as covariances say: each should have the chi-square distribution of its degrees of freedom.</summary>
/// <param name="Count">Distances, taken as independent of each other.</param>
/// <param name="MeanRatio">Their sum over that of their degrees of freedom: 1 is honest, above it the covariances are too small. For errors of states this is the NEES.</param>
/// <param name="Statistic">Of Cramer and von Mises.</param>
/// <param name="PValue">Chance of a larger statistic if the covariances are honest; below 0.01 they are hardly so. NaN without distances.</param>
/// <param name="Scale">Factor by which the covariances should be multiplied to make the statistic least; a few wild distances do not sway it.</param>
public sealed record MahalanobisTest(int Count, double MeanRatio, double Statistic, double PValue, double Scale)
{
    private const double LeastScale = 1e-4, MostScale = 1e6;

    /// <summary>Tests distances with equal degrees of freedom.</summary>
    /// <param name="squaredDistances">At least 0.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    public static MahalanobisTest Of(IEnumerable<double> squaredDistances, int degreesOfFreedom) => Of([.. squaredDistances.Select(d => (d, degreesOfFreedom))]);

    /// <summary>Tests distances with degrees of freedom of their own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A distance is negative, or degrees of freedom are not positive.</exception>
    public static MahalanobisTest Of(IReadOnlyList<(double SquaredDistance, int DegreesOfFreedom)> distances)
    {
        if (distances.Count == 0) return new MahalanobisTest(0, double.NaN, double.NaN, double.NaN, double.NaN);
        double statistic = Statistics(distances, 1);
        return new MahalanobisTest(distances.Count, distances.Sum(d => d.SquaredDistance) / distances.Sum(d => d.DegreesOfFreedom), statistic,
            CramerVonMises.PValue(statistic, distances.Count), BestScale(distances));
    }

    /// <summary>Squared Mahalanobis distance of an estimate from the truth: with 6 degrees of freedom, the normalised estimation error squared (NEES).</summary>
    /// <exception cref="ArgumentException">Epochs or frames differ, or the covariance is not positive definite.</exception>
    public static double SquaredDistance(CartesianState estimate, Covariance6 covariance, CartesianState truth)
    {
        if ((estimate.Epoch, estimate.Frame) != (truth.Epoch, truth.Frame)) throw new ArgumentException($"Expected {estimate.Epoch} {estimate.Frame}, got {truth.Epoch} {truth.Frame}.", nameof(truth));
        Vector3d r = estimate.PositionKm - truth.PositionKm, v = estimate.VelocityKmPerS - truth.VelocityKmPerS;
        Span<double> p = stackalloc double[36], d = [r.X, r.Y, r.Z, v.X, v.Y, v.Z], x = stackalloc double[6];
        for (int i = 0; i < 36; i++) p[i] = covariance[i / 6, i % 6];
        if (!SymmetricSolver.TrySolve(p, d, x)) throw new ArgumentException("The covariance is not positive definite.", nameof(covariance));
        double sum = 0;
        for (int i = 0; i < 6; i++) sum += d[i] * x[i];
        return sum;
    }

    private static double Statistics(IReadOnlyList<(double SquaredDistance, int DegreesOfFreedom)> distances, double scale)
        => CramerVonMises.Statistic([.. distances.Select(d => ChiSquare.Below(d.SquaredDistance / scale, d.DegreesOfFreedom))]);

    /// <summary>Golden section over the logarithm, from a grid: the statistic has one minimum where the distances are not all alike.</summary>
    private static double BestScale(IReadOnlyList<(double SquaredDistance, int DegreesOfFreedom)> distances)
    {
        double low = Math.Log(LeastScale), high = Math.Log(MostScale);
        double golden = (Math.Sqrt(5) - 1) / 2, a = high - golden * (high - low), b = low + golden * (high - low);
        double atA = Statistics(distances, Math.Exp(a)), atB = Statistics(distances, Math.Exp(b));
        while (high - low > 1e-3)
        {
            if (atA < atB)
            {
                (high, b, atB) = (b, a, atA);
                a = high - golden * (high - low);
                atA = Statistics(distances, Math.Exp(a));
            }
            else
            {
                (low, a, atA) = (a, b, atB);
                b = low + golden * (high - low);
                atB = Statistics(distances, Math.Exp(b));
            }
        }
        return Math.Exp((low + high) / 2);
    }
}
