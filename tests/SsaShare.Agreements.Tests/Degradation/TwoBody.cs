using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

/// <summary>Motion about a point mass, by the classical fourth-order Runge-Kutta method.</summary>
internal static class TwoBody
{
    public static CartesianState After(CartesianState state, double seconds)
    {
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Abs(seconds)));
        double h = seconds / steps;
        for (int i = 0; i < steps; i++)
        {
            var (k1r, k1v) = (v, Gravity(r));
            var (k2r, k2v) = (v + h / 2 * k1v, Gravity(r + h / 2 * k1r));
            var (k3r, k3v) = (v + h / 2 * k2v, Gravity(r + h / 2 * k2r));
            var (k4r, k4v) = (v + h * k3v, Gravity(r + h * k3r));
            r += h / 6 * (k1r + 2 * k2r + 2 * k3r + k4r);
            v += h / 6 * (k1v + 2 * k2v + 2 * k3v + k4v);
        }
        return new CartesianState(state.Epoch.PlusSeconds(seconds), state.Frame, r, v);
    }

    private static Vector3d Gravity(Vector3d r) => -398_600.4418 / Math.Pow(r.Norm, 3) * r;
}

internal static class Quadratic
{
    /// <summary>eᵀ P⁻¹ e by Cholesky, in units in which P is well scaled.</summary>
    public static double Form(Covariance6 covariance, double[] error)
    {
        const int n = 6;
        double[] scale = [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(covariance[i, i]))];
        var l = new double[n, n];
        var y = new double[n];
        double sum = 0;
        for (int row = 0; row < n; row++)
        {
            double rest = error[row] / scale[row];
            for (int column = 0; column <= row; column++)
            {
                double value = covariance[row, column] / scale[row] / scale[column];
                for (int k = 0; k < column; k++) value -= l[row, k] * l[column, k];
                if (row == column) Assert.True(value > 0, "Not positive definite.");
                l[row, column] = row == column ? Math.Sqrt(value) : value / l[column, column];
                if (column < row) rest -= l[row, column] * y[column];
            }
            y[row] = rest / l[row, row];
            sum += y[row] * y[row];
        }
        return sum;
    }
}
