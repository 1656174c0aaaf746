using System.Diagnostics;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench screen`: all on all over 24 h within 5 km of the catalog of 2024-11-01; how time grows with objects and with days; and screening again after one object in a hundred has changed.
/// Without the reference data the synthetic catalog of the same size is measured.
/// </summary>
public static class ScreenBench
{
    public const string Usage = "screen [--growth] [--days] [--hours H]";
    private const int CatalogSize = 26_834;
    private static readonly Epoch Start = Utc.FromDateTime(new DateTimeOffset(2024, 11, 1, 0, 0, 0, TimeSpan.Zero));

    /// <param name="args"><c>--growth</c>: at 5, 10, 20, 27 and 100 thousand objects. <c>--days</c>: over 1 to 7 days. <c>--hours H</c>: another span than 24 h for the first and the growth by objects.</param>
    public static int Run(string[] args)
    {
        bool growth = false, days = false;
        double hours = 24;
        for (int i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "--growth": growth = true; break;
                case "--days": days = true; break;
                case "--hours" when i + 1 < args.Length && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out hours) && hours > 0: i++; break;
                default:
                    Console.Error.WriteLine($"usage: bench {Usage}");
                    return 2;
            }
        var catalog = ScreenCatalog.Load();
        if (catalog is null) Console.Error.WriteLine("skipped: reference data not found (SSA_REFERENCE_DATA names its folder); the synthetic catalog is measured");
        ScreenedObject[] objects = catalog ?? ScreenCatalog.Synthetic(CatalogSize);

        // Compiled before it is measured.
        Screen(objects, 0.2, null);
        var full = Screen(objects, hours, null);
        double memory = ProcessMemory.ReadMegabytes(Environment.ProcessId, "VmHWM");
        string name = string.Create(CultureInfo.InvariantCulture, $"screen_{hours}h");
        Result(name + "_s", full.Seconds, "s", "F1");
        Result(name + "_cpu_s", full.ProcessorS, "s", "F1");
        Result(name + "_mb", memory, "MB", "F0");
        var again = Screen(ScreenCatalog.WithChanges(objects, 100), hours, full.Report);
        Result("rescreen_1pct_share", 100 * again.ProcessorS / full.ProcessorS, "%", "F1");
        if (growth) MeasureObjects(catalog, hours);
        if (days) MeasureDays(objects);
        return 0;
    }

    private static void MeasureObjects(ScreenedObject[]? catalog, double hours)
    {
        var points = new List<(double Size, double ProcessorS)>();
        foreach (int size in (int[])[5_000, 10_000, 20_000, CatalogSize, 100_000])
        {
            var objects = catalog is not null && size <= catalog.Length ? ScreenCatalog.Some(catalog, size) : ScreenCatalog.Synthetic(size);
            points.Add((size, Screen(objects, hours, null).ProcessorS));
        }
        // Of the real catalog alone: the synthetic one is as dense, but not as crowded in its shells.
        Result("screen_growth_exponent", Slope([.. points.Where(point => point.Size <= CatalogSize)]), "", "F2");
        Result("screen_growth_exponent_100k", Slope(points[^2..]), "", "F2");
    }

    private static void MeasureDays(ScreenedObject[] objects)
        => Result("screen_days_exponent", Slope([.. new[] { 1.0, 2, 4, 7 }.Select(day => (day, Screen(objects, 24 * day, null).ProcessorS))]), "", "F2");

    private static (ScreeningReport Report, double Seconds, double ProcessorS) Screen(ScreenedObject[] objects, double hours, ScreeningReport? former)
    {
        var options = new ScreeningOptions(Start, Start.PlusSeconds(hours * 3_600), ScreeningVolume.Sphere(5));
        double before = ProcessorTime.ReadOwnS();
        long start = Stopwatch.GetTimestamp();
        var report = former is null ? ConjunctionScreener.Screen(objects, options) : ConjunctionScreener.Rescreen(former, objects, options);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, processor = ProcessorTime.ReadOwnS() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{objects.Length} objects, {hours} h, 5 km{(former is null ? "" : ", again")}: {report.Approaches.Count} approaches ({report.Approaches.Count(one => one.IsCoMoving)} co-moving), {report.Issues.Count(issue => issue.IsLoss)} objects without states; {seconds:F1} s, {processor:F1} s of processor time, {report.Work.PairsTested / 1e6:F0} million pairs tested, {report.Work.PairsExamined} examined"));
        return (report, seconds, processor);
    }

    /// <summary>Exponent of a power law through the points, by least squares of the logarithms.</summary>
    private static double Slope(IReadOnlyList<(double Size, double ProcessorS)> points)
    {
        double x = points.Average(point => Math.Log(point.Size)), y = points.Average(point => Math.Log(point.ProcessorS));
        return points.Sum(point => (Math.Log(point.Size) - x) * (Math.Log(point.ProcessorS) - y)) / points.Sum(point => Math.Pow(Math.Log(point.Size) - x, 2));
    }

    private static void Result(string name, double value, string unit, string format)
        => Console.WriteLine($"RESULT {name} {value.ToString(format, CultureInfo.InvariantCulture)} {unit}".TrimEnd());
}
