namespace SsaShare.Formats;

/// <summary>What a ground sensor can plausibly have measured; anything else is refused.</summary>
public static class TdmLimits
{
    /// <summary>Largest one-way range: a little beyond the Sun-Earth Lagrange points. The smallest is above zero.</summary>
    public const double MaxRangeKm = 2_000_000;

    /// <summary>Largest range rate, either sign: above Earth's escape speed plus any heliocentric approach.</summary>
    public const double MaxRangeRateKmPerS = 100;

    /// <summary>Lowest elevation: below it a sensor would look through the ground, however high it stands.</summary>
    public const double MinElevationDeg = -5;

    /// <summary>1957-10-04T00:00:00 TAI, the day of the first satellite.</summary>
    public static Epoch Earliest { get; } = TimeTags.AtMidnight(TdmTimeSystem.Tai, new DateOnly(1957, 10, 4));
}
