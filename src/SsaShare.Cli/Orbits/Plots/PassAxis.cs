using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>UTC with the time between passes left out: each pass has room by its length, and a gap stands between it and the next.</summary>
internal sealed record PassAxis : TimeAxis
{
    private const double GapPixels = 9, LabelPixels = 62, TickPixels = 22, LeastPassPixels = 8, Minute = 60;
    private const int MostPasses = 24;

    /// <summary>What parts passes, until they are few enough to be drawn side by side.</summary>
    private static readonly double[] GapsSeconds = [10 * Minute, 30 * Minute, 7_200, 6 * 3_600, 86_400, 3 * 86_400, 10 * 86_400, 30 * 86_400];

    private static readonly double[] TickSeconds = [10, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 30 * Minute, 3_600, 3 * 3_600, 6 * 3_600, 86_400, 5 * 86_400, 30 * 86_400];

    private readonly (double From, double To, double FromPixel, double ToPixel)[] _passes;
    private readonly double _tickSeconds;

    private PassAxis(string title, Epoch origin, (double From, double To, double FromPixel, double ToPixel)[] passes, double tickSeconds, double fromPixel, double toPixel)
        : base(title, origin, passes[0].From, passes[^1].To, fromPixel, toPixel) => (_passes, _tickSeconds) = (passes, tickSeconds);

    /// <summary>Between which pixels there is no time.</summary>
    public IEnumerable<(double FromPixel, double ToPixel)> Gaps => _passes.Zip(_passes.Skip(1), (before, after) => (before.ToPixel, after.FromPixel));

    /// <param name="epochs">At least one, in any order.</param>
    /// <returns>Null where there is little to leave out.</returns>
    public static PassAxis? Over(IReadOnlyList<Epoch> epochs, double fromPixel, double toPixel)
    {
        Epoch first = epochs.Min(), last = epochs.Max();
        double[] seconds = [.. epochs.Select(epoch => epoch.SecondsSince(first)).Order()];
        var runs = GapsSeconds.Select(gap => Runs(seconds, gap)).FirstOrDefault(runs => runs.Count <= MostPasses) ?? [];
        double busy = runs.Sum(run => run.To - run.From);
        // Single observations hours apart are no passes.
        if (runs.Count < 2 || 2 * runs.Count > seconds.Length || busy > 0.5 * seconds[^1]) return null;
        // A pass of one observation has room too.
        double room = toPixel - fromPixel - GapPixels * (runs.Count - 1) - LeastPassPixels * runs.Count, scale = busy > 0 ? room / busy : 0;
        var passes = new (double, double, double, double)[runs.Count];
        double at = fromPixel;
        for (int i = 0; i < runs.Count; i++)
        {
            double width = LeastPassPixels + (busy > 0 ? scale * (runs[i].To - runs[i].From) : room / runs.Count);
            passes[i] = (runs[i].From, runs[i].To, at, at + width);
            at += width + GapPixels;
        }
        double tick = Array.Find(TickSeconds, one => one * scale >= TickPixels);
        string from = Utc.Format(first)[..10], to = Utc.Format(last)[..10];
        string ticks = tick > 0 ? $", ticks every {(tick < Minute ? $"{tick} s" : tick < 3_600 ? $"{tick / Minute} min" : tick < 86_400 ? $"{tick / 3_600} h" : $"{tick / 86_400} d")}" : "";
        return new PassAxis($"UTC, {from}{(from == to ? "" : $" to {to}")}: day and time at which passes begin{ticks}; gaps are left out", first, passes, tick, fromPixel, toPixel);
    }

    public override double Map(double value)
    {
        var pass = Array.FindLast(_passes, one => value >= one.From - 1e-6);
        if (pass == default) pass = _passes[0];
        double half = LeastPassPixels / 2, length = pass.To - pass.From, share = length > 0 ? Math.Clamp((value - pass.From) / length, 0, 1) : 0.5;
        return pass.FromPixel + half + share * (pass.ToPixel - pass.FromPixel - 2 * half);
    }

    public override IEnumerable<(double Value, string Label)> Ticks()
    {
        double free = double.NegativeInfinity;
        foreach (var (from, to, fromPixel, _) in _passes)
        {
            bool hasRoom = fromPixel >= free;
            if (hasRoom) free = fromPixel + LabelPixels;
            yield return (from, hasRoom ? Utc.ToDateTime(Origin).AddSeconds(from).ToString("dd HH:mm", CultureInfo.InvariantCulture) : "");
            for (double at = from + _tickSeconds; _tickSeconds > 0 && at <= to; at += _tickSeconds) yield return (at, "");
        }
    }

    private static List<(double From, double To)> Runs(double[] seconds, double gap)
    {
        var runs = new List<(double From, double To)>();
        foreach (double one in seconds)
        {
            if (runs.Count == 0 || one - runs[^1].To > gap) runs.Add((one, one));
            else runs[^1] = (runs[^1].From, one);
        }
        return runs;
    }
}
