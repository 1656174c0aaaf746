using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>From values to pixels, with ticks at round values.</summary>
/// <param name="Title">With the unit.</param>
internal abstract record PlotAxis(string Title, double Least, double Most, double FromPixel, double ToPixel)
{
    public abstract IEnumerable<(double Value, string Label)> Ticks();

    public virtual double Map(double value) => FromPixel + (value - Least) / (Most - Least) * (ToPixel - FromPixel);

    public bool Holds(double value) => value >= Least && value <= Most;

    /// <summary>1, 2 or 5 times a power of ten, so that there are about as many ticks as asked for.</summary>
    protected static double RoundStep(double span, int about)
    {
        double raw = span / about, power = Math.Pow(10, Math.Floor(Math.Log10(raw))), part = raw / power;
        return power * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
    }
}

/// <summary>Even steps.</summary>
internal sealed record LinearAxis(string Title, double Least, double Most, double FromPixel, double ToPixel) : PlotAxis(Title, Least, Most, FromPixel, ToPixel)
{
    /// <summary>Between ticks; null for one that suits.</summary>
    public double? Step { get; init; }

    /// <summary>Ticks are named by it; null for plain numbers.</summary>
    public Func<double, string>? Naming { get; init; }

    public override IEnumerable<(double Value, string Label)> Ticks()
    {
        double step = Step ?? RoundStep(Most - Least, 6);
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        for (double at = Math.Ceiling(Least / step - 1e-9); at * step <= Most + 1e-9 * step; at++)
        {
            double value = at * step;
            yield return (value, Naming?.Invoke(value) ?? (value == 0 ? 0 : value).ToString(decimals > 6 ? "G3" : $"N{decimals}", CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>Even steps in the logarithm; ticks at powers of ten.</summary>
internal sealed record LogarithmicAxis(string Title, double Least, double Most, double FromPixel, double ToPixel) : PlotAxis(Title, Least, Most, FromPixel, ToPixel)
{
    public override double Map(double value) => FromPixel + Math.Log(value / Least) / Math.Log(Most / Least) * (ToPixel - FromPixel);

    public override IEnumerable<(double Value, string Label)> Ticks()
    {
        double decades = Math.Log10(Most / Least);
        for (int power = (int)Math.Floor(Math.Log10(Least)); power <= Math.Log10(Most) + 1e-9; power++)
            foreach (int factor in decades < 1.5 ? (int[])[1, 2, 3, 5, 7] : decades < 3 ? [1, 2, 5] : [1])
                if (Math.Pow(10, power) * factor is var value && value >= Least * (1 - 1e-9) && value <= Most * (1 + 1e-9)) yield return (value, value.ToString("#,0.########", CultureInfo.InvariantCulture));
    }
}

/// <summary>UTC, in seconds since an instant.</summary>
internal record TimeAxis(string Title, Epoch Origin, double Least, double Most, double FromPixel, double ToPixel) : PlotAxis(Title, Least, Most, FromPixel, ToPixel)
{
    private const double Minute = 60, Hour = 3_600, Day = 86_400;

    private static readonly double[] Steps = [1, 2, 5, 10, 15, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 5 * Day, 10 * Day, 20 * Day, 50 * Day, 100 * Day, 365 * Day, 730 * Day, 3_650 * Day];

    /// <summary>From the first to the last instant, with a little room on either side.</summary>
    public static TimeAxis Over(Epoch first, Epoch last, double fromPixel, double toPixel)
    {
        double span = Math.Max(1, last.SecondsSince(first)), room = 0.02 * span;
        return new TimeAxis($"UTC, {Utc.Format(first)[..10]}{(Utc.Format(first)[..10] == Utc.Format(last)[..10] ? "" : $" to {Utc.Format(last)[..10]}")}", first, -room, span + room, fromPixel, toPixel);
    }

    public double Map(Epoch epoch) => Map(epoch.SecondsSince(Origin));

    public override IEnumerable<(double Value, string Label)> Ticks()
    {
        double step = Array.Find(Steps, one => (Most - Least) / one <= 9);
        if (step == 0) step = Steps[^1];
        var origin = Utc.ToDateTime(Origin);
        double sinceMidnight = step <= Day ? origin.TimeOfDay.TotalSeconds : (origin - new DateTimeOffset(origin.Year, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        string format = step < Minute ? "HH:mm:ss" : step < Day ? "HH:mm" : step < 100 * Day ? "MM-dd" : "yyyy-MM";
        for (double at = Math.Ceiling((Least + sinceMidnight) / step); at * step - sinceMidnight <= Most; at++)
        {
            double value = at * step - sinceMidnight;
            var time = origin.AddSeconds(value).AddMilliseconds(1);
            yield return (value, time.ToString(step < Day && time.TimeOfDay.TotalSeconds < 1 ? "MM-dd" : format, CultureInfo.InvariantCulture));
        }
    }
}
