using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>
/// Keeps a limit by pace: each release moves a virtual time forward by the share of the window that it uses up, and never more than one
/// window ahead; what would, waits. Pure; the virtual time is all that has to be kept, for each provider, recipient, limit and figure.
/// </summary>
/// <remarks>
/// Generic cell rate algorithm, ITU-T I.371 annex A, virtual scheduling. Over any stretch of time the amount released is at most the limit
/// times (stretch / window + 1). What by itself is more than the limit goes out when nothing of the window is used, and is made up for.
/// </remarks>
public static class LimitPace
{
    private const int NanosecondsPerTick = 100;

    /// <summary>The virtual time after a release.</summary>
    /// <param name="virtualTime">Before it; null when nothing was released yet.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="amount">What was released: records or bytes, zero or more.</param>
    /// <param name="limit">How much the window allows; positive.</param>
    /// <param name="window">Of the limit; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or the limit or the window not positive.</exception>
    public static Epoch After(Epoch? virtualTime, Epoch now, long amount, long limit, TimeSpan window)
    {
        var from = virtualTime is { } before && before > now ? before : now;
        return Saturate(from.NanosecondsSinceJ2000 + Used(amount, limit, window));
    }

    /// <summary>From when on an amount may be released; null when nothing keeps it.</summary>
    /// <param name="virtualTime">After the last release; null when there was none.</param>
    /// <param name="amount">What would be released.</param>
    /// <param name="limit">How much the window allows.</param>
    /// <param name="window">Of the limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or the limit or the window not positive.</exception>
    public static Epoch? FreeAt(Epoch? virtualTime, long amount, long limit, TimeSpan window)
    {
        var used = Used(Math.Min(amount, limit), limit, window);
        return virtualTime is { } time ? Saturate(time.NanosecondsSinceJ2000 + used - Nanoseconds(window)) : null;
    }

    /// <summary>What is left of the window: the most that may be released now, zero to the limit.</summary>
    /// <param name="virtualTime">After the last release; null when there was none.</param>
    /// <param name="now">The time of asking.</param>
    /// <param name="limit">How much the window allows; positive.</param>
    /// <param name="window">Of the limit; positive.</param>
    public static long Left(Epoch? virtualTime, Epoch now, long limit, TimeSpan window)
    {
        var whole = Nanoseconds(window);
        var free = virtualTime is { } time ? Int128.Clamp(now.NanosecondsSinceJ2000 + whole - time.NanosecondsSinceJ2000, 0, whole) : whole;
        // Rounded down, as what is used is rounded up: together they never add to what a limit allows.
        return (long)(free * limit / whole);
    }

    private static Int128 Used(long amount, long limit, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        return (amount * Nanoseconds(window) + limit - 1) / limit;
    }

    private static Int128 Nanoseconds(TimeSpan span) => (Int128)span.Ticks * NanosecondsPerTick;

    private static Epoch Saturate(Int128 nanoseconds) => new((long)Int128.Clamp(nanoseconds, long.MinValue, long.MaxValue));
}
