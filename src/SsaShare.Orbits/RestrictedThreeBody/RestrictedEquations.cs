namespace SsaShare.Orbits;

/// <summary>Equations of the restricted problem, and the variational equations where y has 42 entries.</summary>
internal sealed class RestrictedEquations(double massShare) : IDifferentialEquations
{
    public void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative)
    {
        double mu = massShare, x1 = y[0] + mu, x2 = y[0] - 1 + mu, across = y[1] * y[1] + y[2] * y[2];
        double s1 = x1 * x1 + across, s2 = x2 * x2 + across;
        double a = (1 - mu) / (s1 * Math.Sqrt(s1)), b = mu / (s2 * Math.Sqrt(s2));
        y.Slice(3, 3).CopyTo(derivative);
        derivative[3] = 2 * y[4] + y[0] - a * x1 - b * x2;
        derivative[4] = -2 * y[3] + y[1] - (a + b) * y[1];
        derivative[5] = -(a + b) * y[2];
        if (y.Length == 6) return;

        double a3 = 3 * a / s1, b3 = 3 * b / s2, mixed = a3 * x1 + b3 * x2;
        double xx = 1 - a - b + a3 * x1 * x1 + b3 * x2 * x2, xy = mixed * y[1], xz = mixed * y[2];
        double yy = 1 - a - b + (a3 + b3) * y[1] * y[1], yz = (a3 + b3) * y[1] * y[2], zz = -a - b + (a3 + b3) * y[2] * y[2];
        ReadOnlySpan<double> phi = y[6..];
        var rates = derivative[6..];
        phi[18..].CopyTo(rates);
        for (int j = 0; j < 6; j++)
        {
            double px = phi[j], py = phi[6 + j], pz = phi[12 + j];
            rates[18 + j] = xx * px + xy * py + xz * pz + 2 * phi[24 + j];
            rates[24 + j] = xy * px + yy * py + yz * pz - 2 * phi[18 + j];
            rates[30 + j] = xz * px + yz * py + zz * pz;
        }
    }
}
