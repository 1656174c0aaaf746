using System.Globalization;

namespace SsaShare.Agreements;

/// <summary>
/// The values that sigmas and steps may have: 1, 2 or 5 × 10^n. Noise is nested along this ladder, so that a finer release makes a coarser
/// one worthless instead of averaging with it.
/// </summary>
/// <param name="Rank">3 n for 1 × 10^n, 3 n + 1 for 2 × 10^n, 3 n + 2 for 5 × 10^n.</param>
public readonly record struct LadderStep(int Rank) : IComparable<LadderStep>
{
    private const int DecadeMin = -12, DecadeMax = 12;
    private static readonly double[] Values = [.. Enumerable.Range(0, 3 * (DecadeMax - DecadeMin + 1)).Select(ReadValue)];

    /// <summary>The lowest and the highest step: 1 × 10^-12 and 5 × 10^12.</summary>
    public static LadderStep Lowest => new(3 * DecadeMin);

    /// <inheritdoc cref="Lowest"/>
    public static LadderStep Highest => new(3 * DecadeMax + 2);

    /// <summary>Exactly the double that the decimal number reads as.</summary>
    /// <exception cref="IndexOutOfRangeException">The rank is outside <see cref="Lowest"/> to <see cref="Highest"/>.</exception>
    public double Value => Values[Rank - Lowest.Rank];

    /// <summary>The next step up the ladder.</summary>
    public LadderStep Next => new(Rank + 1);

    /// <returns>False when <paramref name="value"/> is no step of the ladder; NaN and infinities are none.</returns>
    public static bool TryOf(double value, out LadderStep step)
    {
        int at = Array.BinarySearch(Values, value);
        step = at >= 0 ? new LadderStep(Lowest.Rank + at) : default;
        return at >= 0;
    }

    /// <summary>The greatest step at or below and the smallest at or above <paramref name="value"/>; null where the ladder has none.</summary>
    public static (LadderStep? Below, LadderStep? Above) Nearest(double value)
    {
        if (double.IsNaN(value)) return (null, null);
        int at = Array.BinarySearch(Values, value);
        int above = at >= 0 ? at : ~at, below = at >= 0 ? at : ~at - 1;
        return (below >= 0 ? new LadderStep(Lowest.Rank + below) : null, above < Values.Length ? new LadderStep(Lowest.Rank + above) : null);
    }

    public int CompareTo(LadderStep other) => Rank.CompareTo(other.Rank);
    public static bool operator <(LadderStep left, LadderStep right) => left.Rank < right.Rank;
    public static bool operator >(LadderStep left, LadderStep right) => left.Rank > right.Rank;
    public static bool operator <=(LadderStep left, LadderStep right) => left.Rank <= right.Rank;
    public static bool operator >=(LadderStep left, LadderStep right) => left.Rank >= right.Rank;

    /// <summary>The value as a plain decimal, for example 0.005.</summary>
    public override string ToString() => ((decimal)Value).ToString(CultureInfo.InvariantCulture);

    private static double ReadValue(int index)
        => double.Parse($"{(index % 3) switch { 0 => 1, 1 => 2, _ => 5 }}e{DecadeMin + index / 3}", CultureInfo.InvariantCulture);
}
