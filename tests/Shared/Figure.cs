namespace SsaShare.Tests;

/// <summary>Figures of accuracy for docs/accuracy.md: printed by the tests that find them, gathered by ./ssa accuracy.</summary>
internal static class Figure
{
    public static void Say(string what, string against, string statistic, double value, string unit, Aim? aim = null)
    {
        var line = new MeasuredLine(what, against, statistic, value, unit, aim);
        string printed = line.ToString();
        // A bar or a line break inside a part would make the line unreadable.
        if (MeasuredLine.Parse(printed) is null) throw new ArgumentException($"Not a line of six parts: {printed}");
        TestContext.Current.TestOutputHelper?.WriteLine(printed);
    }

    /// <summary>Median, 95 % and largest of sizes of errors; the aim is for the largest.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static void Quantiles(string what, string against, IEnumerable<double> sizes, string unit, Aim? aim = null)
    {
        double[] sorted = [.. sizes.Order()];
        if (sorted.Length == 0) throw new ArgumentException("No values.", nameof(sizes));
        Say(what, against, "median", At(0.5), unit);
        Say(what, against, "95 %", At(0.95), unit);
        Say(what, against, "max", sorted[^1], unit, aim);

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
