using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A table of measured and predicted Earth orientation, interpolated between its days.</summary>
/// <remarks>
/// Cubic through four days, linear at the ends of the table and of gaps. What the oceans' tides of a day and less do is no part of such tables:
/// <see cref="EarthRotation"/> adds it. Immutable. <see cref="EarthOrientationReader"/> reads published files.
/// </remarks>
public sealed partial class EarthOrientation
{
    private const double SecondsPerDay = 86_400.0;
    private const double RadPerArcsecond = Math.PI / 648_000.0;
    private const int FirstWholeLeapSecondMjd = 41_317;

    private readonly Epoch[] _epochs;
    private readonly EarthOrientationValues[] _values;
    private readonly bool _isExtended;

    private EarthOrientation(Epoch[] epochs, EarthOrientationValues[] values, Epoch lastMeasured, bool isExtended)
        => (_epochs, _values, LastMeasured, _isExtended) = (epochs, values, lastMeasured, isExtended);

    /// <summary>seeds/earth/earth-orientation.txt.</summary>
    public static EarthOrientation Default { get; } = Parse(EarthFigures.Read("earth-orientation.txt"));

    /// <summary>Reads lines of MJD, pole x and y (arcsec), UT1-UTC (s), dX and dY (arcsec), at 0h UTC of each day, ascending.</summary>
    /// <exception cref="FormatException">A line cannot be read, is before 1972 or out of order, or there are no two lines.</exception>
    public static EarthOrientation Parse(string text)
    {
        var days = new List<OrientationDay>();
        foreach (var (line, words) in EarthFigures.Rows(text))
        {
            if (words.Length != 6) throw new FormatException($"Line {line}: expected 6 figures, got {words.Length}.");
            int mjd = EarthFigures.Integer(line, words[0]);
            if (mjd is < FirstWholeLeapSecondMjd or > LatestMjd) throw new FormatException($"Line {line}: expected a day from MJD 41317 (1972) on.");
            if (days.Count > 0 && mjd <= days[^1].Mjd) throw new FormatException($"Line {line}: the days must ascend.");
            double figure(int i) => EarthFigures.Number(line, words[i]);
            days.Add(new OrientationDay(mjd, figure(1), figure(2), figure(3), figure(4), figure(5), IsPredicted: false));
        }
        if (days.Count < 2) throw new FormatException("A table of Earth orientation needs at least two days.");
        return FromDays(days);
    }

    internal const int EarliestMjd = FirstWholeLeapSecondMjd, LatestMjd = 150_000;

    /// <param name="days">At least two, ascending, from 1972 to MJD 150,000.</param>
    internal static EarthOrientation FromDays(IReadOnlyList<OrientationDay> days)
    {
        var epochs = new Epoch[days.Count];
        var values = new EarthOrientationValues[days.Count];
        int measured = 0;
        for (int i = 0; i < days.Count; i++)
        {
            var day = days[i];
            if (!TryMidnight(day.Mjd, out epochs[i])) throw new ArgumentException($"MJD {day.Mjd} is out of range.", nameof(days));
            if (!day.IsPredicted) measured = i;
            double taiMinusUtc = Math.Round(epochs[i].TtSecondsSinceJ2000 - TimeScales.TtMinusTaiSeconds - (day.Mjd - 51_544.5) * SecondsPerDay);
            values[i] = new EarthOrientationValues(day.PoleXArcseconds * RadPerArcsecond, day.PoleYArcseconds * RadPerArcsecond,
                day.Ut1MinusUtcSeconds - taiMinusUtc, 0, day.OffsetXArcseconds * RadPerArcsecond, day.OffsetYArcseconds * RadPerArcsecond);
        }
        return new EarthOrientation(epochs, values, epochs[measured], isExtended: false);
    }

    /// <summary>0h UTC of a day.</summary>
    internal static bool TryMidnight(int mjd, out Epoch epoch)
    {
        epoch = default;
        return mjd is >= EarliestMjd and <= LatestMjd && Utc.TryCreate(new DateOnly(1858, 11, 17).AddDays(mjd), 0, 0, 0, 0, out epoch);
    }

    /// <summary>Whether <see cref="At"/> has an answer: between two days of the table that are at most 1.5 days apart; from 1972 on where the table is <see cref="Extended"/>.</summary>
    public bool Covers(Epoch epoch) => FindStep(epoch) >= 0 || (_isExtended && TimeScales.TryTaiMinusUtc(epoch, out _));

    /// <exception cref="ArgumentOutOfRangeException">The table does not cover the instant.</exception>
    public EarthOrientationValues At(Epoch epoch)
    {
        int i = FindStep(epoch);
        if (i >= 0) return i > 0 && IsStep(i - 1) && IsStep(i + 1) ? Cubic(i, epoch) : Linear(i, epoch);
        return _isExtended && TimeScales.TryTaiMinusUtc(epoch, out int taiMinusUtc)
            ? Extrapolate(epoch, taiMinusUtc)
            : throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "The table of Earth orientation does not cover this instant.");
    }

    private EarthOrientationValues Linear(int i, Epoch epoch)
    {
        double step = _epochs[i + 1].SecondsSince(_epochs[i]), share = epoch.SecondsSince(_epochs[i]) / step;
        return Combine(_values.AsSpan(i, 2), [1 - share, share], [-1 / step, 1 / step]);
    }

    /// <summary>The polynomial through four days, by Lagrange; days with a leap second are longer.</summary>
    private EarthOrientationValues Cubic(int i, Epoch epoch)
    {
        double t = epoch.SecondsSince(_epochs[i]);
        double a = _epochs[i - 1].SecondsSince(_epochs[i]), b = 0, c = _epochs[i + 1].SecondsSince(_epochs[i]), d = _epochs[i + 2].SecondsSince(_epochs[i]);
        var (wa, sa) = weight(a, b, c, d);
        var (wb, sb) = weight(b, a, c, d);
        var (wc, sc) = weight(c, a, b, d);
        var (wd, sd) = weight(d, a, b, c);
        return Combine(_values.AsSpan(i - 1, 4), [wa, wb, wc, wd], [sa, sb, sc, sd]);

        (double Weight, double Slope) weight(double at, double p, double q, double r)
        {
            double scale = 1 / ((at - p) * (at - q) * (at - r)), tp = t - p, tq = t - q, tr = t - r;
            return (tp * tq * tr * scale, (tp * tq + tp * tr + tq * tr) * scale);
        }
    }

    private static EarthOrientationValues Combine(ReadOnlySpan<EarthOrientationValues> values, ReadOnlySpan<double> weights, ReadOnlySpan<double> slopes)
    {
        double x = 0, y = 0, ut1 = 0, ut1Rate = 0, dx = 0, dy = 0;
        // Differences to the first keep the digits of UT1-TAI, which is tens of seconds.
        double ut1First = values[0].Ut1MinusTaiSeconds;
        for (int k = 0; k < values.Length; k++)
        {
            x += weights[k] * values[k].PoleXRad;
            y += weights[k] * values[k].PoleYRad;
            ut1 += weights[k] * (values[k].Ut1MinusTaiSeconds - ut1First);
            ut1Rate += slopes[k] * (values[k].Ut1MinusTaiSeconds - ut1First);
            dx += weights[k] * values[k].PoleOffsetXRad;
            dy += weights[k] * values[k].PoleOffsetYRad;
        }
        return new EarthOrientationValues(x, y, ut1First + ut1, -ut1Rate * SecondsPerDay, dx, dy);
    }

    private int FindStep(Epoch epoch)
    {
        int i = Array.BinarySearch(_epochs, epoch);
        if (i < 0) i = ~i - 1;
        if (i == _epochs.Length - 1 && epoch == _epochs[i]) i--;
        return IsStep(i) ? i : -1;
    }

    private bool IsStep(int i) => i >= 0 && i < _epochs.Length - 1 && _epochs[i + 1].SecondsSince(_epochs[i]) <= 1.5 * SecondsPerDay;
}
