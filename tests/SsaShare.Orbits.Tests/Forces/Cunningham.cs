using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>The same sum by another recursion, slowly: Cunningham's, as in Montenbruck and Gill, Satellite Orbits (2000), sections 3.2.4 and 3.2.5.</summary>
internal static class Cunningham
{
    public static Vector3d AccelerationKmPerS2(GravityField field, int degree, Vector3d fixedKm)
    {
        int size = degree + 2;
        double[,] v = new double[size, size], w = new double[size, size];
        double radius = field.RadiusKm, rho = radius * radius / fixedKm.NormSquared;
        var p = radius / fixedKm.NormSquared * fixedKm;
        v[0, 0] = radius / fixedKm.Norm;
        for (int m = 0; m < size; m++)
        {
            if (m > 0)
            {
                v[m, m] = (2 * m - 1) * (p.X * v[m - 1, m - 1] - p.Y * w[m - 1, m - 1]);
                w[m, m] = (2 * m - 1) * (p.X * w[m - 1, m - 1] + p.Y * v[m - 1, m - 1]);
            }
            for (int n = m + 1; n < size; n++)
            {
                double a = (2.0 * n - 1) / (n - m) * p.Z, b = (n + m - 1.0) / (n - m) * rho;
                v[n, m] = a * v[n - 1, m] - (n > m + 1 ? b * v[n - 2, m] : 0);
                w[n, m] = a * w[n - 1, m] - (n > m + 1 ? b * w[n - 2, m] : 0);
            }
        }
        double x = 0, y = 0, z = 0;
        for (int n = degree; n >= 0; n--)
        for (int m = n; m >= 0; m--)
        {
            var (c, s) = field.Normalized(n, m);
            double factor = Math.Sqrt((m == 0 ? 1 : 2) * (2 * n + 1));
            for (int k = n - m + 1; k <= n + m; k++) factor /= Math.Sqrt(k);
            (c, s) = (c * factor, s * factor);
            z += (n - m + 1) * (-c * v[n + 1, m] - s * w[n + 1, m]);
            if (m == 0)
            {
                x -= c * v[n + 1, 1];
                y -= c * w[n + 1, 1];
                continue;
            }
            double down = (n - m + 1) * (n - m + 2);
            x += 0.5 * (-c * v[n + 1, m + 1] - s * w[n + 1, m + 1] + down * (c * v[n + 1, m - 1] + s * w[n + 1, m - 1]));
            y += 0.5 * (-c * w[n + 1, m + 1] + s * v[n + 1, m + 1] + down * (-c * w[n + 1, m - 1] + s * v[n + 1, m - 1]));
        }
        return field.MuKm3PerS2 / (radius * radius) * new Vector3d(x, y, z);
    }
}
