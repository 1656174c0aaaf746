using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>One residual of a fit as its JSON tells it.</summary>
/// <param name="Type">range, azimuth ...</param>
/// <param name="Unit">Of the value: m, deg, m/s.</param>
internal readonly record struct PlottedResidual(Epoch Epoch, string Sensor, string Type, string Unit, double Value, bool IsEdited);

/// <summary>Residuals over time: a panel for each type of measurement, a colour for each sensor, edited ones as crosses; time between passes is left out.</summary>
internal static class ResidualsPlot
{
    private const double Width = 900, PanelHeight = 170, Gap = 16, Left = 80, Right = 20, FullDeg = 0.5;

    /// <param name="residuals">At least one.</param>
    public static SvgDocument Draw(string title, IReadOnlyList<PlottedResidual> residuals)
    {
        string[] sensors = [.. residuals.Select(one => one.Sensor).Distinct().Order(StringComparer.Ordinal)], types = [.. residuals.Select(one => one.Type).Distinct()];
        int edited = residuals.Count(one => one.IsEdited);
        var entries = sensors.Select((sensor, i) => (sensor, Color(i), (string?)null, false)).ToList();
        if (edited > 0) entries.Add(($"edited ({edited:N0})", "#666", "x", false));
        double legendTop = 56, panelsTop = legendTop + 18 * (1 + entries.Sum(one => 38 + 6.6 * one.Item1.Length) > Width - Left - Right ? 2 : 1) + 4;
        var svg = new SvgDocument(Width, panelsTop + types.Length * (PanelHeight + Gap) + 44, title);
        svg.Text(Left, 28, title, size: 16, isBold: true);
        PlotPanel.Legend(svg, Left, Width - Right, legendTop, entries);
        var times = (TimeAxis?)PassAxis.Over([.. residuals.Select(one => one.Epoch)], Left, Width - Right) ?? TimeAxis.Over(residuals.Min(one => one.Epoch), residuals.Max(one => one.Epoch), Left, Width - Right);
        for (int i = 0; i < types.Length; i++)
        {
            double top = panelsTop + i * (PanelHeight + Gap);
            Panel(svg, [.. residuals.Where(one => one.Type == types[i])], sensors, times, top, i == types.Length - 1);
        }
        return svg;
    }

    private static void Panel(SvgDocument svg, PlottedResidual[] residuals, string[] sensors, TimeAxis times, double top, bool isLast)
    {
        // What is used decides on the scale; edited ones beyond it stand at its edge.
        double[] sizes = [.. residuals.Where(one => !one.IsEdited).Select(one => Math.Abs(one.Value)).Order()];
        double largest = sizes.Length > 0 ? sizes[^1] : residuals.Max(one => Math.Abs(one.Value));
        if (!(largest > 0)) largest = 1;
        bool isAngle = residuals[0].Unit == "deg", isFine = isAngle && largest < FullDeg * 1e-2;
        var (unit, scale) = isFine ? ("arcsec", 3_600.0) : (residuals[0].Unit, 1.0);
        var values = new LinearAxis($"{residuals[0].Type} ({unit})", -1.08 * largest * scale, 1.08 * largest * scale, top + PanelHeight, top);
        var panel = new PlotPanel(svg, times, values);
        panel.Draw(isLast);
        if (times is PassAxis passes) panel.Break(passes.Gaps);
        panel.Within(() =>
        {
            svg.Line(panel.Left, values.Map(0), panel.Left + panel.Width, values.Map(0), "#888");
            for (int i = 0; i < sensors.Length; i++)
            {
                var (dots, crosses) = (new PathData(), new PathData());
                foreach (var one in residuals.Where(one => one.Sensor == sensors[i]))
                {
                    double x = times.Map(one.Epoch), value = one.Value * scale, y = values.Map(value);
                    if (!one.IsEdited) dots.Dot(x, y);
                    else if (values.Holds(value)) crosses.Cross(x, y);
                    else crosses.Arrow(x, value > 0 ? values.ToPixel + 2 : values.FromPixel - 2, isUp: value > 0);
                }
                svg.Path(dots.ToString(), Color(i), residuals.Length > 3_000 ? 2 : 3.5, opacity: residuals.Length > 3_000 ? 0.6 : 0.85);
                svg.Path(crosses.ToString(), Color(i), 1);
            }
        });
        panel.Frame();
    }

    private static string Color(int index) => PlotPanel.Colors[index % PlotPanel.Colors.Length];
}
