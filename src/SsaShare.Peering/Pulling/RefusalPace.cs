namespace SsaShare.Peering;

/// <summary>
/// How many refused answers of one stream are logged: a provider that deceives chooses how often and with how much, and what the log has it has for ever.
/// The operator sees each of them all the same. Used by one loop.
/// </summary>
internal sealed class RefusalPace(TimeProvider time)
{
    /// <summary>This many are logged as they come.</summary>
    public const int AtOnce = 16;

    /// <summary>After them one in this time.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMinutes(10);

    private long _since = time.GetTimestamp();
    private int _left = AtOnce;
    private long _passedOver;

    /// <summary>Whether the answer that was refused now is logged.</summary>
    /// <param name="passedOver">How many before it were not, since one was.</param>
    public bool Takes(out long passedOver)
    {
        passedOver = _passedOver;
        if (_left < AtOnce)
        {
            long earned = time.GetElapsedTime(_since) / Interval is var intervals and >= 1 ? (long)intervals : 0;
            _since += (long)(earned * Interval.TotalSeconds * time.TimestampFrequency);
            _left = (int)Math.Min(AtOnce, _left + earned);
        }
        if (_left == 0)
        {
            _passedOver++;
            return false;
        }
        if (_left-- == AtOnce) _since = time.GetTimestamp();
        _passedOver = 0;
        return true;
    }
}
