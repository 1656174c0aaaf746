namespace SsaShare.Formats;

/// <summary>
/// The century of years of two digits: 57 to 99 are 1957 to 1999, 00 to 56 are 2000 to 2056, as long as that window reaches the year after the present;
/// from 2056 on, the hundred years that end with the year after the present.
/// </summary>
internal readonly struct TleYears
{
    private const int FirstSatellite = 1957;
    private readonly int _first;

    public TleYears(Epoch now) => _first = Math.Max(FirstSatellite, (Utc.TrySplit(now, out var day, out _) ? day.Year : 1972) + 1 - 99);

    /// <param name="twoDigits">0 to 99.</param>
    public int Of(int twoDigits)
    {
        int year = _first - _first % 100 + twoDigits;
        return year < _first ? year + 100 : year;
    }
}
