namespace SsaShare.Domain;

/// <summary>
/// Covariance of position and velocity, 6×6, in the frame of the state it belongs to: km², km²/s and km²/s², order x y z vx vy vz.
/// </summary>
/// <remarks>Kept as the 21 entries of the lower triangle by rows, which is also the order of a CCSDS OPM. Immutable.</remarks>
public sealed class Covariance6 : IEquatable<Covariance6>
{
    private readonly double[] _lower;

    /// <param name="lower">21 finite entries of the lower triangle, row by row. Copied.</param>
    /// <exception cref="ArgumentException">Not 21 entries, one not finite, or a negative variance.</exception>
    public Covariance6(ReadOnlySpan<double> lower)
    {
        if (lower.Length != 21) throw new ArgumentException($"Expected 21 entries, got {lower.Length}.", nameof(lower));
        _lower = lower.ToArray();
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
        {
            double value = this[row, column];
            if (!double.IsFinite(value) || (row == column && value < 0))
                throw new ArgumentException($"Entry ({row},{column}) is {value}.", nameof(lower));
        }
    }

    public double this[int row, int column] => row >= column ? _lower[row * (row + 1) / 2 + column] : this[column, row];

    /// <summary>The 21 entries of the lower triangle, row by row.</summary>
    public ReadOnlySpan<double> Lower => _lower;

    /// <summary>Root of the trace of the position block, km: the one-sigma size of the position error in three dimensions.</summary>
    public double PositionSigmaKm => Math.Sqrt(this[0, 0] + this[1, 1] + this[2, 2]);

    /// <summary>Root of the trace of the velocity block, km/s.</summary>
    public double VelocitySigmaKmPerS => Math.Sqrt(this[3, 3] + this[4, 4] + this[5, 5]);

    public bool Equals(Covariance6? other) => other is not null && _lower.AsSpan().SequenceEqual(other._lower);
    public override bool Equals(object? obj) => Equals(obj as Covariance6);
    public override int GetHashCode() => HashCode.Combine(this[0, 0], this[1, 1], this[5, 5]);
}
