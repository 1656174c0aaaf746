using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>The covariance of a degraded state: never smaller than its error, and telling nothing that the state does not.</summary>
public static class StateInflation
{
    private const int Size = 6;
    private const double EarthMuWgs84Km3PerS2 = 398_600.4418;
    private const double EarthRotationRadPerS = 7.292_115e-5;

    /// <summary>Adds the error of degrading to the originator's covariance.</summary>
    /// <param name="original">Covariance of the original state.</param>
    /// <param name="degraded">The degraded state: the true one's velocity, in an error along the orbit, would tell the true direction of flight.</param>
    /// <param name="added">What was added.</param>
    /// <remarks>
    /// Where position or velocity got noise, the original covariance is first replaced by spheres around it: twice the greatest eigenvalue of each
    /// block, which bounds the whole matrix whatever the correlation of the blocks. Its own axes would show the true radial and
    /// along-track directions to a microradian, far finer than the noise.
    /// </remarks>
    public static Covariance6 Apply(Covariance6 original, CartesianState degraded, AddedSigma added)
    {
        double[] full = new double[Size * Size];
        if (added.PositionKm is null && added.VelocityKmPerS is null)
        {
            for (int row = 0; row < Size; row++)
            for (int column = 0; column < Size; column++) full[row * Size + column] = original[row, column];
        }
        else
        {
            double position = 2 * GreatestEigenvalue(original, 0) + Square(added.PositionKm), velocity = 2 * GreatestEigenvalue(original, 3) + Square(added.VelocityKmPerS);
            for (int i = 0; i < Size; i++) full[i * Size + i] = i < 3 ? position : velocity;
        }
        if (added.EpochS is { } sigmaS) AddEpochError(full, degraded, sigmaS);

        double[] lower = new double[21];
        for (int row = 0, at = 0; row < Size; row++)
        for (int column = 0; column <= row; column++) lower[at++] = full[row * Size + column];
        return new Covariance6(lower);
    }

    /// <summary>A time error moves the state along (v, a) in first order and along (a, j) / 2 in second; E[t⁴] is taken as of a normal error.</summary>
    private static void AddEpochError(double[] full, CartesianState state, double sigmaS)
    {
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        double distance = Math.Max(r.Norm, 1), cube = distance * distance * distance;
        var acceleration = -EarthMuWgs84Km3PerS2 / cube * r;
        var jerk = -EarthMuWgs84Km3PerS2 / cube * (v - 3 * r.Dot(v) / (distance * distance) * r);
        if (state.Frame == Frame.Itrf)
        {
            var omega = new Vector3d(0, 0, EarthRotationRadPerS);
            acceleration += -2 * omega.Cross(v) - omega.Cross(omega.Cross(r));
            jerk += -2 * omega.Cross(acceleration) - omega.Cross(omega.Cross(v));
        }
        double variance = sigmaS * sigmaS;
        AddOuter(full, v, acceleration, variance);
        AddOuter(full, acceleration, jerk, 0.75 * variance * variance);
    }

    private static void AddOuter(double[] full, Vector3d position, Vector3d velocity, double variance)
    {
        ReadOnlySpan<double> along = [position.X, position.Y, position.Z, velocity.X, velocity.Y, velocity.Z];
        for (int row = 0; row < Size; row++)
        for (int column = 0; column < Size; column++) full[row * Size + column] += along[row] * along[column] * variance;
    }

    private static double Square(double? value) => value * value ?? 0;

    /// <summary>Of the 3×3 block that begins at <paramref name="first"/>: the closed form of a symmetric matrix (Smith, CACM 1961).</summary>
    private static double GreatestEigenvalue(Covariance6 p, int first)
    {
        double a = p[first, first], b = p[first + 1, first + 1], c = p[first + 2, first + 2];
        double d = p[first + 1, first], e = p[first + 2, first + 1], f = p[first + 2, first];
        double mean = (a + b + c) / 3;
        double spread = Math.Sqrt(((a - mean) * (a - mean) + (b - mean) * (b - mean) + (c - mean) * (c - mean) + 2 * (d * d + e * e + f * f)) / 6);
        if (!(spread > 0)) return mean;
        double half = Determinant((a - mean) / spread, (b - mean) / spread, (c - mean) / spread, d / spread, e / spread, f / spread) / 2;
        return mean + 2 * spread * Math.Cos(Math.Acos(Math.Clamp(half, -1, 1)) / 3);
    }

    private static double Determinant(double a, double b, double c, double d, double e, double f)
        => a * (b * c - e * e) - d * (d * c - e * f) + f * (d * e - b * f);
}
