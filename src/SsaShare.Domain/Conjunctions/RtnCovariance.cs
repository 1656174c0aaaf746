namespace SsaShare.Domain;

/// <summary>
/// Covariance in the object's own axes, radial, transverse, normal: of position (km) and velocity (km/s), and perhaps of its drag parameter (m²/kg), its
/// radiation pressure parameter (m²/kg) and its thrust acceleration (km/s²), in this order, as a CCSDS conjunction data message has them. Immutable.
/// </summary>
public sealed class RtnCovariance : IEquatable<RtnCovariance>
{
    /// <summary>Fewest and most parameters.</summary>
    public const int SizeMin = 6, SizeMax = 9;

    private readonly double[] _lower;

    /// <param name="lower">Finite entries of the lower triangle, row by row: 21, 28, 36 or 45. Copied.</param>
    /// <exception cref="ArgumentException">Another number of entries, one not finite, or a negative variance.</exception>
    public RtnCovariance(ReadOnlySpan<double> lower)
    {
        if (!AreValid(lower)) throw new ArgumentException("Expected 21, 28, 36 or 45 finite entries without a negative variance.", nameof(lower));
        _lower = lower.ToArray();
    }

    /// <summary>How many parameters there are.</summary>
    public int Size => SizeOf(_lower.Length);

    /// <summary>The entries of the lower triangle, row by row.</summary>
    public ReadOnlySpan<double> Lower => _lower;

    public double this[int row, int column] => row >= column ? _lower[row * (row + 1) / 2 + column] : this[column, row];

    /// <summary>Whether these are entries of a covariance.</summary>
    public static bool AreValid(ReadOnlySpan<double> lower)
    {
        int size = SizeOf(lower.Length);
        for (int row = 0; row < size; row++)
        for (int column = 0; column <= row; column++)
        {
            double value = lower[row * (row + 1) / 2 + column];
            if (!double.IsFinite(value) || (row == column && value < 0)) return false;
        }
        return size > 0;
    }

    public bool Equals(RtnCovariance? other) => other is not null && _lower.AsSpan().SequenceEqual(other._lower);
    public override bool Equals(object? obj) => Equals(obj as RtnCovariance);
    public override int GetHashCode() => HashCode.Combine(_lower.Length, this[0, 0], this[1, 1], this[5, 5]);

    private static int SizeOf(int entries) => entries switch { 21 => 6, 28 => 7, 36 => 8, 45 => 9, _ => 0 };
}
