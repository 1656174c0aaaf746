using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>
/// Keeps a limit by pace: each release moves a virtual time forward by the share of the window that it uses up, and the next waits until
/// that time is no more than one window ahead. Pure; the virtual time is all that has to be kept, for each provider, recipient, limit and figure.
/// </summary>
/// <remarks>
/// Generic cell rate algorithm, ITU-T I.371 annex A, virtual scheduling. Over any stretch of time the amount released is at most the
/// limit times (stretch / window + 1), and one answer more: answers bounded by what is left of the limit keep that small.
/// </remarks>
public static class LimitPace
{
    /// <summary>The virtual time after a release.</summary>
    /// <param name="virtualTime">Before it; null when nothing was released yet.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="amount">What was released: records or bytes, zero or more.</param>
    /// <param name="limit">How much the window allows; positive.</param>
    /// <param name="window">Of the limit; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or the limit or the window not positive.</exception>
    public static Epoch After(Epoch? virtualTime, Epoch now, long amount, long limit, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        var from = virtualTime is { } before && before > now ? before : now;
        // Rounded up, so that rounding never adds to what a limit allows.
        var used = ((Int128)amount * window.Ticks * 100 + limit - 1) / limit;
        var after = from.NanosecondsSinceJ2000 + used;
        return new Epoch(after > long.MaxValue ? long.MaxValue : (long)after);
    }

    /// <summary>Whether anything may be released now.</summary>
    /// <param name="virtualTime">After the last release; null when there was none.</param>
    /// <param name="now">The time of asking.</param>
    /// <param name="window">Of the limit.</param>
    public static bool MayRelease(Epoch? virtualTime, Epoch now, TimeSpan window)
        => virtualTime is not { } time || (Int128)time.NanosecondsSinceJ2000 <= (Int128)now.NanosecondsSinceJ2000 + (Int128)window.Ticks * 100;
}
