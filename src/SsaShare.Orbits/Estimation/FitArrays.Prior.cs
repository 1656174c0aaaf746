using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What is known beforehand, and how an open direction is told.</summary>
internal sealed partial class FitArrays
{
    private static readonly string[] Names = ["position x", "position y", "position z", "velocity x", "velocity y", "velocity z", "ballistic coefficient", "radiation coefficient"];

    private void AddPrior()
    {
        for (int j = 6; j < _q; j++)
        {
            double sigma = SurfaceSigma(_estimated[j]);
            var row = _total.NextRow();
            row[j] = 1 / sigma;
            row[^1] = (SurfaceMean(_estimated[j]) - _parameters[_estimated[j]]) / sigma;
        }
        for (int i = 0; i < 6 && _priorRoot.Length > 0; i++)
        {
            var row = _total.NextRow();
            for (int j = 0; j <= i; j++) row[j] = _priorRoot[i * 6 + j];
            row[^1] = PriorResidual(_parameters, i);
        }
    }

    /// <summary>What the a priori figures cost.</summary>
    public double PriorCost(double[] parameters)
    {
        double cost = 0;
        for (int j = 6; j < _q; j++) cost += Square((parameters[_estimated[j]] - SurfaceMean(_estimated[j])) / SurfaceSigma(_estimated[j]));
        for (int s = 0; s < _estimatedOwn.Length; s++)
            foreach (int own in _estimatedOwn[s]) cost += Square((parameters[OwnAt(s, own)] - _problem.Sensors[s].Published[own]) / _problem.Sensors[s].OwnSigma[own]);
        for (int i = 0; i < 6 && _priorRoot.Length > 0; i++) cost += Square(PriorResidual(parameters, i));
        return cost;
    }

    private double PriorResidual(double[] parameters, int row)
    {
        var prior = _options.Prior!.State;
        ReadOnlySpan<double> mean = [prior.PositionKm.X, prior.PositionKm.Y, prior.PositionKm.Z, prior.VelocityKmPerS.X, prior.VelocityKmPerS.Y, prior.VelocityKmPerS.Z];
        double sum = 0;
        for (int j = 0; j <= row; j++) sum += _priorRoot[row * 6 + j] * (mean[j] - parameters[j]);
        return sum;
    }

    private static double Square(double x) => x * x;

    /// <summary>L⁻¹ of P = L·Lᵀ.</summary>
    private static double[] InverseRoot(Covariance6 covariance)
    {
        double[] l = new double[36], inverse = new double[36];
        for (int i = 0; i < 36; i++) l[i] = covariance[i / 6, i % 6];
        if (!SymmetricSolver.TryCholeskyInPlace(l, 6)) throw new ArgumentException("The covariance of the prior is not positive definite.", nameof(covariance));
        for (int j = 0; j < 6; j++)
        for (int i = j; i < 6; i++)
        {
            double rest = i == j ? 1 : 0;
            for (int k = j; k < i; k++) rest -= l[i * 6 + k] * inverse[k * 6 + j];
            inverse[i * 6 + j] = rest / l[i * 6 + i];
        }
        return inverse;
    }

    /// <summary>The combination that is left open, by its largest parts.</summary>
    private string Describe(int column)
    {
        double[] direction = UpperTriangle.OpenDirection(_r, _q, column);
        var parts = Enumerable.Range(0, column + 1).Where(j => Math.Abs(direction[j]) > 0.2).OrderByDescending(j => Math.Abs(direction[j]))
            .Select(j => string.Create(CultureInfo.InvariantCulture, $"{Names[_estimated[j]]} ({direction[j]:F2})"));
        return "The observations leave open: " + string.Join(", ", parts) + ".";
    }
}
