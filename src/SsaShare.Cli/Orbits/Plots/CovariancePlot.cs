using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>Standard deviations of the position along the local axes, km.</summary>
internal readonly record struct PlottedSigmas(Epoch Epoch, double RadialKm, double TransverseKm, double NormalKm);

/// <summary>How the covariance grows: sigmas of the position, radial, transverse and normal, over time.</summary>
internal static class CovariancePlot
{
    private const double Width = 900, Height = 460, Left = 80, Right = 20, Top = 78, Bottom = 52;

    private static readonly (string Name, Func<PlottedSigmas, double> Km, string? Dashes)[] Axes =
        [("radial", one => one.RadialKm, null), ("transverse (along track)", one => one.TransverseKm, "7 4"), ("normal (cross track)", one => one.NormalKm, "2 4")];

    /// <param name="objects">By name; each with at least two times, in their order.</param>
    public static SvgDocument Draw(string title, IReadOnlyList<(string Name, IReadOnlyList<PlottedSigmas> Sigmas)> objects)
    {
        var svg = new SvgDocument(Width, Height, title);
        svg.Text(Left, 28, title, size: 16, isBold: true);
        var all = objects.SelectMany(one => one.Sigmas).ToList();
        double[] values = [.. all.SelectMany(one => Axes.Select(axis => axis.Km(one) * 1_000)).Where(value => value > 0)];
        if (values.Length == 0) throw new FormatException("The covariances are zero.");
        var (least, most) = (values.Min(), values.Max());
        var sigmas = new LogarithmicAxis("standard deviation (m)", least / 1.3, Math.Max(most, least * 1.01) * 1.3, Height - Bottom, Top);
        var times = TimeAxis.Over(all.Min(one => one.Epoch), all.Max(one => one.Epoch), Left, Width - Right);
        var panel = new PlotPanel(svg, times, sigmas);
        panel.Draw(withTimes: true);
        var entries = objects.Count == 1
            ? Axes.Select((axis, i) => (axis.Name, PlotPanel.Colors[i], axis.Dashes, true))
            : [.. objects.Select((one, i) => (one.Name, Color(i), (string?)null, true)), .. Axes.Select(axis => (axis.Name, "#444", axis.Dashes, true))];
        PlotPanel.Legend(svg, Left, Width - Right, 56, entries);
        panel.Within(() =>
        {
            for (int i = 0; i < objects.Count; i++)
            for (int axis = 0; axis < Axes.Length; axis++)
            {
                var line = new PathData();
                foreach (var one in objects[i].Sigmas)
                {
                    double value = Axes[axis].Km(one) * 1_000;
                    if (value > 0) line.To(times.Map(one.Epoch), sigmas.Map(value));
                    else line.Lift();
                }
                svg.Path(line.ToString(), objects.Count == 1 ? PlotPanel.Colors[axis] : Color(i), 1.8, Axes[axis].Dashes);
            }
        });
        panel.Frame();
        return svg;
    }

    private static string Color(int index) => PlotPanel.Colors[index % PlotPanel.Colors.Length];
}
