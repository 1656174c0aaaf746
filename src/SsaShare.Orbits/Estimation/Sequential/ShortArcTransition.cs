using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How small deviations go on for some minutes: the transition matrix of position and velocity in the pull of a point mass.</summary>
/// <remarks>
/// Steps of at most a minute with the gradient of their middle, exp(A·h) to the fourth order in h. Over five minutes of low orbit entries are off by 1e-3 of themselves, mostly for want of J2: for gates, not for
/// estimates.
/// </remarks>
internal static class ShortArcTransition
{
    private const double LongestStepS = 60;

    /// <param name="positionKm">At the start, GCRF.</param>
    /// <param name="velocityKmPerS">Likewise.</param>
    /// <param name="seconds">How long, signed.</param>
    /// <param name="phi">6×6 by rows.</param>
    public static void Fill(Vector3d positionKm, Vector3d velocityKmPerS, double seconds, Span<double> phi)
    {
        phi.Clear();
        for (int i = 0; i < 6; i++) phi[i * 6 + i] = 1;
        int steps = (int)Math.Ceiling(Math.Abs(seconds) / LongestStepS);
        if (steps == 0) return;
        Span<double> step = stackalloc double[36], product = stackalloc double[36];
        double h = seconds / steps;
        var (r, v) = (positionKm, velocityKmPerS);
        for (int s = 0; s < steps; s++)
        {
            var middle = ShortArc.Move(r, v, h / 2);
            FillStep(middle.PositionKm, h, step);
            Multiply(step, phi, product);
            product.CopyTo(phi);
            (r, v) = ShortArc.Move(middle.PositionKm, middle.VelocityKmPerS, h / 2);
        }
    }

    private static void FillStep(Vector3d middle, double h, Span<double> step)
    {
        double distance = middle.Norm, k = FreeFall.EarthMuKm3PerS2 / (distance * distance * distance);
        var up = middle / distance;
        var gradient = -k * Matrix3.Identity + 3 * k * Matrix3.Outer(up, up);
        var square = gradient * gradient;
        double h2 = h * h;
        var same = Matrix3.Identity + h2 / 2 * gradient + h2 * h2 / 24 * square;
        Write(step, 0, 0, same);
        Write(step, 3, 3, same);
        Write(step, 0, 3, h * Matrix3.Identity + h * h2 / 6 * gradient);
        Write(step, 3, 0, h * gradient + h * h2 / 6 * square);
    }

    private static void Write(Span<double> target, int row, int column, in Matrix3 m)
    {
        for (int i = 0; i < 3; i++)
        {
            var from = i == 0 ? m.Row0 : i == 1 ? m.Row1 : m.Row2;
            (target[(row + i) * 6 + column], target[(row + i) * 6 + column + 1], target[(row + i) * 6 + column + 2]) = (from.X, from.Y, from.Z);
        }
    }

    private static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
        {
            double sum = 0;
            for (int k = 0; k < 6; k++) sum += a[i * 6 + k] * b[k * 6 + j];
            product[i * 6 + j] = sum;
        }
    }
}
