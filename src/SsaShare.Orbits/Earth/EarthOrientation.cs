using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How the Earth is turned at one instant, beyond what theory predicts.</summary>
/// <param name="PoleXRad">Polar motion x.</param>
/// <param name="PoleYRad">Polar motion y.</param>
/// <param name="Ut1MinusTaiSeconds">UT1-TAI: unlike UT1-UTC it has no steps.</param>
/// <param name="ExcessDaySeconds">Length of day beyond 86,400 s.</param>
/// <param name="PoleOffsetXRad">Celestial pole offset dX with respect to IAU 2006/2000A.</param>
/// <param name="PoleOffsetYRad">Celestial pole offset dY with respect to IAU 2006/2000A.</param>
public readonly record struct EarthOrientationValues(
    double PoleXRad, double PoleYRad, double Ut1MinusTaiSeconds, double ExcessDaySeconds, double PoleOffsetXRad, double PoleOffsetYRad);

/// <summary>A table of measured Earth orientation, interpolated linearly between its days.</summary>
/// <remarks>
/// Linear interpolation of daily values leaves out the tides of less than two days: up to about 1 mas and 0.1 ms,
/// which is 3 cm to 5 cm on the ground. Immutable.
/// </remarks>
public sealed class EarthOrientation
{
    private const double SecondsPerDay = 86_400.0;
    private const double RadPerArcsecond = Math.PI / 648_000.0;
    private const int FirstWholeLeapSecondMjd = 41_317;

    private readonly Epoch[] _epochs;
    private readonly EarthOrientationValues[] _values;

    private EarthOrientation(Epoch[] epochs, EarthOrientationValues[] values) => (_epochs, _values) = (epochs, values);

    /// <summary>seeds/earth/earth-orientation.txt.</summary>
    public static EarthOrientation Default { get; } = Parse(EarthFigures.Read("earth-orientation.txt"));

    /// <summary>Reads lines of MJD, pole x and y (arcsec), UT1-UTC (s), dX and dY (arcsec), at 0h UTC of each day, ascending.</summary>
    /// <exception cref="FormatException">A line cannot be read, is before 1972 or out of order, or there are no two lines.</exception>
    public static EarthOrientation Parse(string text)
    {
        var epochs = new List<Epoch>();
        var values = new List<EarthOrientationValues>();
        foreach (var (line, words) in EarthFigures.Rows(text))
        {
            if (words.Length != 6) throw new FormatException($"Line {line}: expected 6 figures, got {words.Length}.");
            int mjd = EarthFigures.Integer(line, words[0]);
            if (mjd is < FirstWholeLeapSecondMjd or > 150_000) throw new FormatException($"Line {line}: expected a day from MJD 41317 (1972) on.");
            var day = new DateOnly(1858, 11, 17).AddDays(mjd);
            if (!Utc.TryCreate(day, 0, 0, 0, 0, out var epoch)) throw new FormatException($"Line {line}: {day:O} is out of range.");
            if (epochs.Count > 0 && epoch <= epochs[^1]) throw new FormatException($"Line {line}: the days must ascend.");
            double figure(int i) => EarthFigures.Number(line, words[i]);
            double taiMinusUtc = epoch.TtSecondsSinceJ2000 - EarthRotation.TtMinusTaiSeconds - (mjd - 51_544.5) * SecondsPerDay;
            epochs.Add(epoch);
            values.Add(new EarthOrientationValues(figure(1) * RadPerArcsecond, figure(2) * RadPerArcsecond,
                figure(3) - Math.Round(taiMinusUtc), 0, figure(4) * RadPerArcsecond, figure(5) * RadPerArcsecond));
        }
        if (epochs.Count < 2) throw new FormatException("A table of Earth orientation needs at least two days.");
        return new EarthOrientation([.. epochs], [.. values]);
    }

    /// <summary>Whether <see cref="At"/> has an answer: between two days of the table that are at most 1.5 days apart.</summary>
    public bool Covers(Epoch epoch) => FindStep(epoch) >= 0;

    /// <exception cref="ArgumentOutOfRangeException">The table does not cover the instant.</exception>
    public EarthOrientationValues At(Epoch epoch)
    {
        int i = FindStep(epoch);
        if (i < 0) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "The table of Earth orientation does not cover this instant.");
        double stepSeconds = _epochs[i + 1].SecondsSince(_epochs[i]);
        double share = epoch.SecondsSince(_epochs[i]) / stepSeconds;
        var (a, b) = (_values[i], _values[i + 1]);
        double between(double from, double to) => from + (to - from) * share;
        double excess = -(b.Ut1MinusTaiSeconds - a.Ut1MinusTaiSeconds) / stepSeconds * SecondsPerDay;
        return new EarthOrientationValues(between(a.PoleXRad, b.PoleXRad), between(a.PoleYRad, b.PoleYRad),
            between(a.Ut1MinusTaiSeconds, b.Ut1MinusTaiSeconds), excess,
            between(a.PoleOffsetXRad, b.PoleOffsetXRad), between(a.PoleOffsetYRad, b.PoleOffsetYRad));
    }

    private int FindStep(Epoch epoch)
    {
        int i = Array.BinarySearch(_epochs, epoch);
        if (i < 0) i = ~i - 1;
        if (i == _epochs.Length - 1 && epoch == _epochs[i]) i--;
        return i >= 0 && i < _epochs.Length - 1 && _epochs[i + 1].SecondsSince(_epochs[i]) <= 1.5 * SecondsPerDay ? i : -1;
    }
}
