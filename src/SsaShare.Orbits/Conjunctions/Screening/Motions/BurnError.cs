using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How well a planned burn is expected to be flown: one sigma of its size, and of its direction along each of the two axes across it, independent of each other.</summary>
/// <param name="SizeShare">Of the change of velocity, a share: 0.05 for 5 %.</param>
/// <param name="DirectionRad">Of its direction.</param>
/// <exception cref="ArgumentOutOfRangeException">One is below 0 or not finite.</exception>
/// <remarks>The model of Gates (1963, JPL Technical Report 32-504) without its fixed parts; what OCMs state as *_MAG_SIGMA and *_DIR_SIGMA (502.0-B-3, table 6-8).</remarks>
public sealed record BurnError(double SizeShare, double DirectionRad)
{
    public double SizeShare { get; } = Checked(SizeShare, nameof(SizeShare));
    public double DirectionRad { get; } = Checked(DirectionRad, nameof(DirectionRad));

    /// <summary>Covariance of the change of velocity, km²/s², in the axes in which it is given.</summary>
    /// <param name="deltaVKmPerS">As planned.</param>
    internal double Variance(Vector3d deltaVKmPerS, int row, int column)
    {
        double across = DirectionRad * DirectionRad, along = SizeShare * SizeShare - across;
        return along * Component(deltaVKmPerS, row) * Component(deltaVKmPerS, column) + (row == column ? across * deltaVKmPerS.NormSquared : 0);
    }

    private static double Component(Vector3d vector, int axis) => axis switch { 0 => vector.X, 1 => vector.Y, _ => vector.Z };

    private static double Checked(double value, string name) => value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "Expected a sigma of 0 or more.");
}
