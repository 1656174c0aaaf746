using System.Runtime.InteropServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Acceleration by a gravity field up to a chosen degree.</summary>
/// <remarks>Cunningham's recursion, as in Montenbruck and Gill, Satellite Orbits (2000), section 3.2.4 and 3.2.5. Safe for concurrent use.</remarks>
internal sealed class HarmonicGravity
{
    private readonly GravityField _field;
    private readonly int _degree;
    private readonly Entry[] _entries;

    public HarmonicGravity(GravityField field, int degree)
    {
        if (degree < 2 || degree > field.Degree) throw new ArgumentOutOfRangeException(nameof(degree), degree, $"The degree is from 2 to {field.Degree}.");
        (_field, _degree) = (field, degree);
        var entries = new List<Entry>();
        for (int m = 0; m <= degree; m++)
        for (int n = Math.Max(m, 0); n <= degree; n++)
        {
            var (c, s) = field.Coefficient(n, m);
            if (c != 0 || s != 0) entries.Add(new Entry(n, m, c, s));
        }
        _entries = [.. entries];
    }

    /// <summary>km/s², in the same Earth-fixed axes as the position.</summary>
    public Vector3d AccelerationKmPerS2(Vector3d itrfKm)
    {
        int size = _degree + 2;
        Span<double> v = stackalloc double[size * size], w = stackalloc double[size * size];
        FillHarmonics(itrfKm, size, v, w);

        // Order m fills column m: [m * size + n], so that the recursion and this sum walk through memory in order.
        double x = 0, y = 0, z = 0;
        foreach (ref readonly var e in _entries.AsSpan())
        {
            int up = (e.M + 1) * size + e.N + 1, same = e.M * size + e.N + 1;
            if (e.M == 0)
            {
                x -= e.C * v[up];
                y -= e.C * w[up];
                z -= e.ZFactor * e.C * v[same];
                continue;
            }
            int down = (e.M - 1) * size + e.N + 1;
            x += 0.5 * (-e.C * v[up] - e.S * w[up]) + e.DownFactor * (e.C * v[down] + e.S * w[down]);
            y += 0.5 * (-e.C * w[up] + e.S * v[up]) + e.DownFactor * (-e.C * w[down] + e.S * v[down]);
            z += e.ZFactor * (-e.C * v[same] - e.S * w[same]);
        }
        double scale = _field.MuKm3PerS2 / (_field.RadiusKm * _field.RadiusKm);
        return new Vector3d(x * scale, y * scale, z * scale);
    }

    private void FillHarmonics(Vector3d itrfKm, int size, Span<double> v, Span<double> w)
    {
        double radius = _field.RadiusKm, rho = radius * radius / itrfKm.NormSquared;
        double x = radius * itrfKm.X / itrfKm.NormSquared, y = radius * itrfKm.Y / itrfKm.NormSquared, z = radius * itrfKm.Z / itrfKm.NormSquared;
        v[0] = radius / itrfKm.Norm;
        for (int m = 0; m < size; m++)
        {
            int column = m * size;
            if (m > 0)
            {
                int before = column - size + m - 1;
                v[column + m] = (2 * m - 1) * (x * v[before] - y * w[before]);
                w[column + m] = (2 * m - 1) * (x * w[before] + y * v[before]);
            }
            if (m + 1 < size)
            {
                v[column + m + 1] = (2 * m + 1) * z * v[column + m];
                w[column + m + 1] = (2 * m + 1) * z * w[column + m];
            }
            for (int n = m + 2; n < size; n++)
            {
                double inverse = 1.0 / (n - m), a = (2 * n - 1) * z * inverse, b = (n + m - 1) * rho * inverse;
                v[column + n] = a * v[column + n - 1] - b * v[column + n - 2];
                w[column + n] = a * w[column + n - 1] - b * w[column + n - 2];
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Entry(int n, int m, double c, double s)
    {
        public readonly int N = n, M = m;
        public readonly double C = c, S = s;
        public readonly double ZFactor = n - m + 1, DownFactor = 0.5 * (n - m + 1) * (n - m + 2);
    }
}
