using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// The two objects at one time, each distribution linearised where both overlap most: mean and covariance of the second less the first, as the neighbourhood of a
/// collision sees them.
/// </summary>
internal readonly struct LocalEncounter
{
    /// <param name="covariance">Relative, row-major 6×6.</param>
    public static bool TryOf(Vector3d position, Vector3d velocity, ReadOnlySpan<double> covariance, double leastSigmaKm, out LocalEncounter encounter)
    {
        var a = Block(covariance, 0, 0);
        encounter = default;
        if (!SmallMatrices.TryInvert(a, out var inverse, out double determinant))
        {
            a += leastSigmaKm * leastSigmaKm * Matrix3.Identity;
            if (!SmallMatrices.TryInvert(a, out inverse, out determinant)) return false;
        }
        encounter = new LocalEncounter(position, velocity, inverse, determinant, Block(covariance, 3, 0), Block(covariance, 3, 3));
        return true;
    }

    private LocalEncounter(Vector3d position, Vector3d velocity, Matrix3 inverse, double determinant, Matrix3 b, Matrix3 c)
    {
        (Position, Velocity, Inverse, LogDeterminant) = (position, velocity, inverse, Math.Log(determinant));
        VelocityByPosition = b * inverse;
        ConditionalVelocity = c - VelocityByPosition * b.Transposed;
        MahalanobisSquared = position.Dot(inverse * position);
    }

    public Vector3d Position { get; }
    public Vector3d Velocity { get; }

    /// <summary>Of the covariance of position.</summary>
    public Matrix3 Inverse { get; }
    public double LogDeterminant { get; }

    /// <summary>What a position off the mean tells of the velocity.</summary>
    public Matrix3 VelocityByPosition { get; }

    /// <summary>Covariance of velocity where the position is known.</summary>
    public Matrix3 ConditionalVelocity { get; }

    public double MahalanobisSquared { get; }

    /// <summary>Mean relative velocity where the objects touch centre to centre.</summary>
    public Vector3d VelocityAtContact => Velocity - VelocityByPosition * Position;

    /// <summary>Hall's modified squared distance: what, halved and negated, is the exponent of the density at the origin but for a constant.</summary>
    public double Modified => MahalanobisSquared + LogDeterminant;

    /// <summary>A lower bound of the same on the sphere of a radius: what may count where the bodies are large against the error.</summary>
    public double ModifiedWithin(double radiusKm) => Math.Max(0, MahalanobisSquared - 2 * radiusKm * (Inverse * Position).Norm) + LogDeterminant;

    private static Matrix3 Block(ReadOnlySpan<double> c, int row, int column)
        => new(c[row * 6 + column], c[row * 6 + column + 1], c[row * 6 + column + 2], c[(row + 1) * 6 + column], c[(row + 1) * 6 + column + 1], c[(row + 1) * 6 + column + 2],
            c[(row + 2) * 6 + column], c[(row + 2) * 6 + column + 1], c[(row + 2) * 6 + column + 2]);
}
