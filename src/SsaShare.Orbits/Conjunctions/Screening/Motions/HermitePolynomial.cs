using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The polynomial that has given values and slopes at given points, or values alone.</summary>
/// <remarks>Newton's divided differences, each point counted twice where there are slopes (Hildebrand, Introduction to Numerical Analysis, section 8.2), then multiplied out.</remarks>
internal static class HermitePolynomial
{
    /// <summary>Most points.</summary>
    public const int PointsMax = 10;

    /// <param name="x">Where; ascending, near -1 to 1 where the polynomial is wanted.</param>
    /// <param name="values">At each x.</param>
    /// <param name="slopes">By x, at each x; empty for a polynomial through the values alone.</param>
    /// <param name="coefficients">By powers of x: as many as there are values and slopes.</param>
    public static void Fill(ReadOnlySpan<double> x, ReadOnlySpan<Vector3d> values, ReadOnlySpan<Vector3d> slopes, Span<Vector3d> coefficients)
    {
        int copies = slopes.IsEmpty ? 1 : 2, n = copies * x.Length;
        Span<Vector3d> differences = stackalloc Vector3d[n];
        for (int i = 0; i < n; i++) differences[i] = values[i / copies];
        for (int order = 1; order < n; order++)
        for (int i = n - 1; i >= order; i--)
        {
            double width = x[i / copies] - x[(i - order) / copies];
            differences[i] = width == 0 ? slopes[i / copies] : (differences[i] - differences[i - 1]) / width;
        }
        coefficients = coefficients[..n];
        coefficients.Clear();
        for (int i = n - 1; i >= 0; i--)
        {
            double root = x[i / copies];
            for (int k = n - 1; k > 0; k--) coefficients[k] = coefficients[k - 1] - root * coefficients[k];
            coefficients[0] = differences[i] - root * coefficients[0];
        }
    }

    public static Vector3d Value(ReadOnlySpan<Vector3d> coefficients, double x)
    {
        var sum = default(Vector3d);
        for (int k = coefficients.Length - 1; k >= 0; k--) sum = x * sum + coefficients[k];
        return sum;
    }

    public static Vector3d Slope(ReadOnlySpan<Vector3d> coefficients, double x)
    {
        var sum = default(Vector3d);
        for (int k = coefficients.Length - 1; k > 0; k--) sum = x * sum + k * coefficients[k];
        return sum;
    }

    public static Vector3d Bend(ReadOnlySpan<Vector3d> coefficients, double x)
    {
        var sum = default(Vector3d);
        for (int k = coefficients.Length - 1; k > 1; k--) sum = x * sum + k * (k - 1) * coefficients[k];
        return sum;
    }

    /// <summary>No derivative of that order is larger between -1 and 1.</summary>
    public static double Bound(ReadOnlySpan<Vector3d> coefficients, int order)
    {
        double sum = 0;
        for (int k = order; k < coefficients.Length; k++)
        {
            double factor = 1;
            for (int j = 0; j < order; j++) factor *= k - j;
            sum += factor * coefficients[k].Norm;
        }
        return sum;
    }
}
