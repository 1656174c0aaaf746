using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Collects the days of a file; keeps the first fault and takes nothing after it.</summary>
internal sealed class OrientationDays(string file)
{
    private const double GreatestPoleArcseconds = 2, GreatestUt1MinusUtcSeconds = 1, GreatestOffsetArcseconds = 0.1;

    private double _offsetX, _offsetY;

    public List<OrientationDay> List { get; } = [];

    public FileFault? Fault { get; private set; }

    public bool Refuse(int line, string field, string problem, string remedy = "fetch the file again, or correct the line")
    {
        Fault ??= new FileFault(file, line, field, problem, remedy);
        return false;
    }

    /// <summary>Offsets of the celestial pole that stand until the next ones come, arcsec.</summary>
    public bool SetOffsets(int line, double x, double y)
    {
        if (!(Math.Abs(x) <= GreatestOffsetArcseconds)) return Refuse(line, "dX", "it is larger than 0.1\"");
        if (!(Math.Abs(y) <= GreatestOffsetArcseconds)) return Refuse(line, "dY", "it is larger than 0.1\"");
        (_offsetX, _offsetY) = (x, y);
        return true;
    }

    /// <param name="line">From 1.</param>
    /// <param name="mjd">Modified Julian date.</param>
    /// <param name="x">Arcseconds.</param>
    /// <param name="y">Arcseconds.</param>
    /// <param name="ut1MinusUtc">Seconds.</param>
    /// <param name="isPredicted">Forecast.</param>
    /// <param name="taiMinusUtc">As the file states it, where it does.</param>
    public bool Add(int line, double mjd, double x, double y, double ut1MinusUtc, bool isPredicted, double? taiMinusUtc = null)
    {
        if (mjd < EarthOrientation.EarliestMjd) return true;
        if (!(mjd <= EarthOrientation.LatestMjd) || mjd != Math.Floor(mjd)) return Refuse(line, "MJD", "expected a whole number up to 150000");
        if (!(Math.Abs(x) <= GreatestPoleArcseconds)) return Refuse(line, "x", "polar motion is below 2\"");
        if (!(Math.Abs(y) <= GreatestPoleArcseconds)) return Refuse(line, "y", "polar motion is below 2\"");
        if (!(Math.Abs(ut1MinusUtc) <= GreatestUt1MinusUtcSeconds)) return Refuse(line, "UT1-UTC", "it is below 1 s");
        if (List.Count > 0 && mjd <= List[^1].Mjd) return Refuse(line, "MJD", $"the days must ascend, the one before is {List[^1].Mjd}");
        if (taiMinusUtc is { } stated && EarthOrientation.TryMidnight((int)mjd, out var midnight) && TimeScales.TryTaiMinusUtc(midnight, out int known) && stated != known)
            return Refuse(line, "TAI-UTC", $"the file says {stated} s, the table of leap seconds {known} s", "load a current table of leap seconds first");
        List.Add(new OrientationDay((int)mjd, x, y, ut1MinusUtc, _offsetX, _offsetY, isPredicted));
        return true;
    }

    /// <summary>Whether a calendar date is the day that an MJD names.</summary>
    public static bool IsDay(int year, int month, int day, double mjd)
        => year is >= 1858 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && new DateOnly(year, month, day).DayNumber - new DateOnly(1858, 11, 17).DayNumber == mjd;
}
