using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits;

public sealed partial class EarthOrientation
{
    /// <summary>Farther from the table than this, UT1 = UTC is the better guess.</summary>
    private const double FarthestDays = 730;

    /// <summary>Days of the table whose mean pace is carried on.</summary>
    private const int PaceDays = 365;

    private const double MetresPerArcsecond = 30.92, MetresPerUt1Second = 465.1;

    /// <summary>
    /// Days off the table, and the error in metres on the ground that 95 % of instants stay below; measured on the IERS series of 1994 to 2024 (EarthOrientationCoverageTests).
    /// </summary>
    private static readonly (double Days, double Metres)[] LossByDays = [(0, 0), (1, 0.52), (7, 3.4), (30, 12.6), (90, 31), (180, 46), (365, 83), (FarthestDays, 215)];

    /// <summary>Of UT1 = UTC and the pole at zero, same series.</summary>
    private const double AssumedLossMetres = 280;

    /// <summary>What is left with measured figures, m.</summary>
    private const double MeasuredLossMetres = 0.02;

    /// <summary>First instant of the table.</summary>
    public Epoch First => _epochs[0];

    /// <summary>Last instant of the table.</summary>
    public Epoch Last => _epochs[^1];

    /// <summary>Last instant whose figures were measured and not predicted.</summary>
    public Epoch LastMeasured { get; }

    /// <summary>
    /// The same table with an answer for every instant since 1972: beyond its days it carries on at the last year's pace, farther than two years off it takes UT1 for UTC.
    /// <see cref="LossAt"/> says what that costs; show <see cref="Warning"/> to whoever uses the result.
    /// </summary>
    public EarthOrientation Extended() => _isExtended ? this : new EarthOrientation(_epochs, _values, LastMeasured, isExtended: true);

    /// <summary>What positions relative to the rotating Earth lose at an instant (of the <see cref="Extended"/> table, where this one has no answer).</summary>
    /// <remarks>Predictions: the standard errors that IERS Bulletin A states, doubled: pole 0.00068" t^0.80, UT1 0.25 ms t^0.75, with t in days since the last measurement.</remarks>
    public OrientationLoss LossAt(Epoch epoch)
    {
        if (FindStep(epoch) >= 0)
            return epoch <= LastMeasured ? new OrientationLoss(OrientationQuality.Measured, MeasuredLossMetres) : new OrientationLoss(OrientationQuality.Predicted, PredictedLoss(epoch));
        var (edge, _) = NearestEdge(epoch);
        double days = Math.Abs(epoch.SecondsSince(_epochs[edge])) / SecondsPerDay;
        if (days > FarthestDays) return new OrientationLoss(OrientationQuality.Assumed, AssumedLossMetres);
        int i = 1;
        while (days > LossByDays[i].Days) i++;
        var (a, b) = (LossByDays[i - 1], LossByDays[i]);
        double loss = a.Metres + (b.Metres - a.Metres) * (days - a.Days) / (b.Days - a.Days);
        return new OrientationLoss(OrientationQuality.Extrapolated, Math.Min(AssumedLossMetres, loss + PredictedLoss(_epochs[edge])));
    }

    /// <summary>A sentence for whoever uses the results of a span of time; null where all of it was measured.</summary>
    /// <param name="from">First instant used.</param>
    /// <param name="to">Last instant used.</param>
    public string? Warning(Epoch from, Epoch to)
    {
        // The worst lies at an end of the span or in the middle of a gap; gaps are in no published file but in the built-in table.
        var worst = LossAt(from);
        var at = from;
        for (int i = 1; i <= 16; i++)
        {
            var instant = i == 16 ? to : from.PlusSeconds(to.SecondsSince(from) * i / 16);
            var loss = LossAt(instant);
            if (loss.GroundMetres > worst.GroundMetres) (worst, at) = (loss, instant);
        }
        if (worst.Quality == OrientationQuality.Measured) return null;
        string why = worst.Quality switch
        {
            OrientationQuality.Predicted => $"is predicted, measured only until {Day(LastMeasured)}",
            OrientationQuality.Extrapolated => $"is extrapolated: the table goes from {Day(First)} to {Day(Last)}" + (at > First && at < Last ? " with a gap" : ""),
            _ => $"is not known, UT1 is taken for UTC: the table goes from {Day(First)} to {Day(Last)}" + (at > First && at < Last ? " with a gap" : ""),
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"Earth orientation on {Day(at)} {why}. Positions relative to the rotating Earth err by up to {worst.GroundMetres:G2} m on the ground and {worst.GeostationaryMetres:G2} m in geostationary orbit (95 %). Load a current file of Earth orientation.");
    }

    private double PredictedLoss(Epoch epoch)
    {
        double days = Math.Max(0, epoch.SecondsSince(LastMeasured) / SecondsPerDay);
        double pole = 0.00068 * Math.Pow(days, 0.80) * MetresPerArcsecond, ut1 = 0.00025 * Math.Pow(days, 0.75) * MetresPerUt1Second;
        return MeasuredLossMetres + 2 * Math.Sqrt(pole * pole + ut1 * ut1);
    }

    /// <summary>The day of the table next to an instant that it does not cover, and in which sense its own days lie from there.</summary>
    private (int Index, int Inward) NearestEdge(Epoch epoch)
    {
        int after = Array.BinarySearch(_epochs, epoch);
        if (after < 0) after = ~after;
        if (after == 0) return (0, 1);
        if (after == _epochs.Length) return (after - 1, -1);
        return epoch.SecondsSince(_epochs[after - 1]) <= _epochs[after].SecondsSince(epoch) ? (after - 1, -1) : (after, 1);
    }

    private EarthOrientationValues Extrapolate(Epoch epoch, int taiMinusUtc)
    {
        var (edge, inward) = NearestEdge(epoch);
        double seconds = epoch.SecondsSince(_epochs[edge]);
        if (Math.Abs(seconds) > FarthestDays * SecondsPerDay) return new EarthOrientationValues(0, 0, -taiMinusUtc, 0, 0, 0);
        int far = edge;
        for (int days = 0; days < PaceDays && IsStep(inward < 0 ? far - 1 : far); days++) far += inward;
        var value = _values[edge];
        double pace = far == edge ? 0 : (value.Ut1MinusTaiSeconds - _values[far].Ut1MinusTaiSeconds) / _epochs[edge].SecondsSince(_epochs[far]);
        // UTC is kept within 0.9 s of UT1.
        double ut1MinusTai = Math.Clamp(value.Ut1MinusTaiSeconds + pace * seconds, -0.9 - taiMinusUtc, 0.9 - taiMinusUtc);
        return value with { Ut1MinusTaiSeconds = ut1MinusTai, ExcessDaySeconds = -pace * SecondsPerDay };
    }

    private static string Day(Epoch epoch) => Utc.TrySplit(epoch, out var day, out _) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : epoch.ToString();
}
