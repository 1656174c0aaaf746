namespace SsaShare.Formats;

/// <summary>From a clock's reading to an instant.</summary>
internal static class ElementEpochs
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <returns>Null and the instant, or what is wrong.</returns>
    public static (string Field, string Reason, string Remedy)? ToEpoch(ElementEpoch from, string timeSystem, out Epoch epoch)
    {
        epoch = default;
        var system = timeSystem.ToUpperInvariant() switch
        {
            "UTC" => TdmTimeSystem.Utc,
            "TAI" => TdmTimeSystem.Tai,
            "TT" => TdmTimeSystem.Tt,
            "GPS" => TdmTimeSystem.Gps,
            _ => TdmTimeSystem.Unspecified,
        };
        if (system == TdmTimeSystem.Unspecified) return ("TIME_SYSTEM", "not read", "give UTC, TAI, TT or GPS");
        if (from.Day.Year is < 1900 or > 2250) return ("EPOCH", "the year is outside 1900 to 2250", "correct it");
        long second = from.NanosecondOfDay / NanosecondsPerSecond;
        bool isLeap = second >= 86_400;
        if (system != TdmTimeSystem.Utc)
        {
            if (isLeap) return ("EPOCH", "the minute has no such second", "correct it");
            epoch = new Epoch(TimeTags.AtMidnight(system, from.Day).NanosecondsSinceJ2000 + from.NanosecondOfDay);
            return null;
        }
        if (from.Day < LeapSeconds.Start) return ("EPOCH", "UTC before 1972 had no whole leap seconds and is not read", "send elements of a later epoch");
        var (hour, minute, seconds) = isLeap ? (23, 59, 60) : ((int)(second / 3_600), (int)(second / 60 % 60), (int)(second % 60));
        long nanosecond = from.NanosecondOfDay - (isLeap ? 86_400 : second) * NanosecondsPerSecond;
        return nanosecond < NanosecondsPerSecond && Utc.TryCreate(from.Day, hour, minute, seconds, (int)nanosecond, out epoch) ? null : ("EPOCH", "the minute has no such second", "correct it");
    }
}
