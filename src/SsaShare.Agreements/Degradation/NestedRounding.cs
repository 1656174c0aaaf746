namespace SsaShare.Agreements;

/// <summary>
/// Rounding to a step of the ladder by way of all the finer steps, so that the coarser value follows from the finer one: who holds both knows no more
/// than the finer tells. Rounding straight to 2 and to 5 would not do: their cells overlap, and both together are narrower than either.
/// </summary>
/// <remarks>
/// It needs no secret: all recipients get the same value, so that they gain nothing by comparing. The price is a variance above step²/12, which
/// <see cref="Variance"/> states exactly for a value that is spread over many steps: 1.9 times at most.
/// </remarks>
public static class NestedRounding
{
    /// <summary>The multiple of <paramref name="to"/>, as a count of steps.</summary>
    /// <param name="value">Finite, in the unit of the ladder's values.</param>
    /// <param name="least">Where the rounding begins: fixed for the quantity, whatever the profile.</param>
    /// <param name="to">At or above <paramref name="least"/>.</param>
    /// <exception cref="OverflowException">More steps than 64 bits count.</exception>
    public static long Count(double value, LadderStep least, LadderStep to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, least);
        long count = checked((long)Math.Round(value / least.Value, MidpointRounding.ToEven));
        for (var step = least; step < to; step = step.Next)
        {
            // From multiples of 2 to multiples of 5 it is the double count over five; from 1 to 2 and from 5 to 10 the count over two.
            count = IsTwo(step) ? Nearest(checked(count * 2), 5, step) : Nearest(count, 2, step);
        }
        return count;
    }

    /// <summary>The multiple of <paramref name="to"/>.</summary>
    /// <inheritdoc cref="Count"/>
    public static double Round(double value, LadderStep least, LadderStep to) => Count(value, least, to) * to.Value;

    /// <summary>Variance of the error of <see cref="Round"/>, in the unit of the ladder's values squared.</summary>
    public static double Variance(LadderStep least, LadderStep to)
    {
        double variance = least.Value * least.Value / 12;
        for (var step = least; step < to; step = step.Next)
        {
            // Errors of rounding one lattice to the next, in shares of the next step. To 5: 0, ± 1/5 and ± 2/5. To an even count: ± 1/2 for the odd ones, which
            // are half of all, but two in five of those that were rounded to 5 before.
            double next = step.Next.Value;
            double share = IsTwo(step) ? 2.0 / 25 : step > least && IsTwo(new LadderStep(step.Rank - 1)) ? 1.0 / 10 : 1.0 / 8;
            variance += next * next * share;
        }
        return variance;
    }

    private static bool IsTwo(LadderStep step) => ((step.Rank % 3) + 3) % 3 == 1;

    /// <summary>count / divisor to the nearest whole number; a half goes up or down by a public coin of its own.</summary>
    /// <remarks>
    /// Halves to even would leave more even counts than odd ones for the next step, and errors that go together. The coin is the last bit of SplitMix64
    /// (Steele, Lea and Flood, OOPSLA 2014).
    /// </remarks>
    private static long Nearest(long count, long divisor, LadderStep step)
    {
        long floor = Math.DivRem(count, divisor, out long rest);
        if (rest < 0) (floor, rest) = (floor - 1, rest + divisor);
        long twice = 2 * rest;
        return twice > divisor || (twice == divisor && Coin(count, step)) ? floor + 1 : floor;
    }

    private static bool Coin(long count, LadderStep step)
    {
        ulong z = unchecked((ulong)count + (ulong)step.Rank * 0xD1B54A32D192ED03 + 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return ((z ^ (z >> 31)) & 1) == 1;
    }
}
