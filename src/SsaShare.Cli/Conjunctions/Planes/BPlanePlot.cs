using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>The encounter plane of an event: miss, errors, bodies, and the figures beside them.</summary>
internal static class BPlanePlot
{
    private const double Left = 80, Top = 66, Width = 560, Height = 600, Column = 670, ColumnWidth = 260, Bottom = 56, SmallPixels = 12, InsetTitle = 26, LeastInset = 140;

    /// <summary>Older ellipses may make the picture so many times larger than the newest message alone.</summary>
    private const double MostGrowth = 4;

    /// <param name="title">Null for the names of the objects.</param>
    /// <param name="encounters">One or more of one event, the newest last.</param>
    public static SvgDocument Draw(string? title, IReadOnlyList<PlaneEncounter> encounters)
    {
        var newest = encounters[^1];
        var message = newest.Assessed.Read.Message;
        title ??= $"Encounter plane, {PlaneEncounter.Name(message.First)} and {PlaneEncounter.Name(message.Second)}";
        var svg = new SvgDocument(Column + ColumnWidth + 20, Top + Height + Bottom, title, PlaneFigures.Description(encounters));
        svg.Text(Left, 28, title, size: 16, isBold: true);
        svg.Text(Left, 48, $"Closest approach {ScreeningCsv.Time(newest.Time)}, {(newest.Geometry.RelativeSpeedKmPerS * 1e3).ToString(newest.Geometry.RelativeSpeedKmPerS < 0.01 ? "0.####" : "#,0.0", CultureInfo.InvariantCulture)} m/s", color: "#444");
        var view = Whole(svg, encounters);
        var panel = Panel(svg, view);
        panel.Draw(withTimes: true);
        panel.Within(() => Content(view, encounters));
        if (encounters.Count == 1) Names(view, newest);
        panel.Frame();
        Insets(svg, encounters, view, PlaneFigures.Write(svg, Column, Top + 10, encounters));
        return svg;
    }

    private static void Content(PlaneView view, IReadOnlyList<PlaneEncounter> encounters)
    {
        for (int i = 0; i < encounters.Count - 1; i++) view.Errors(encounters[i], Opacity(i, encounters.Count));
        view.Errors(encounters[^1], 1);
        var way = new PathData();
        foreach (var one in encounters) way.To(view.X(one.Geometry.MissXKm), view.Y(one.Geometry.MissYKm));
        if (encounters.Count > 1) view.Svg.Path(way.ToString(), "#888", 1, "3 3");
        for (int i = 0; i < encounters.Count - 1; i++) view.Former(encounters[i], i + 1, Opacity(i, encounters.Count));
        view.Disc(encounters[^1].RadiusKm);
        view.Miss(encounters[^1]);
    }

    /// <summary>Lighter with age.</summary>
    private static double Opacity(int index, int count) => count <= 2 ? 0.45 : 0.2 + 0.4 * index / (count - 2);

    private static PlaneView Whole(SvgDocument svg, IReadOnlyList<PlaneEncounter> encounters)
    {
        var newest = encounters[^1];
        var box = new PlaneBox(newest.RadiusKm);
        box.Add(newest, PlaneEncounter.Contours);
        double most = MostGrowth * box.SizeKm;
        foreach (var one in encounters)
        {
            var wider = box with { };
            wider.Add(one, 1);
            if (wider.SizeKm <= most) box = wider;
            else box.AddPoint(one.Geometry.MissXKm, one.Geometry.MissYKm);
        }
        double scale = Math.Min(Width / (1.1 * box.WidthKm), Height / (1.1 * box.HeightKm));
        return new PlaneView(svg, Left, Top, Width, Height, box.CentreXKm, box.CentreYKm, scale);
    }

    private static PlotPanel Panel(SvgDocument svg, PlaneView view)
    {
        double halfX = Width / 2 / view.PixelsPerKm, halfY = Height / 2 / view.PixelsPerKm;
        bool isKm = halfX > 2.5;
        double unit = isKm ? 1 : 1e3;
        string name = isKm ? "km" : "m";
        var x = new LinearAxis($"X ({name}), across", (view.CentreXKm - halfX) * unit, (view.CentreXKm + halfX) * unit, Left, Left + Width);
        double[] ticks = [.. x.Ticks().Take(2).Select(tick => tick.Value)];
        var y = new LinearAxis($"Y ({name}), up: radial of the first object", (view.CentreYKm - halfY) * unit, (view.CentreYKm + halfY) * unit, Top + Height, Top) { Step = ticks[1] - ticks[0] };
        return new PlotPanel(svg, x, y);
    }

    /// <summary>Which is which, and which line is how many sigmas; where there is room.</summary>
    private static void Names(PlaneView view, PlaneEncounter one)
    {
        var (sin, cos) = Math.SinCos(one.Geometry.MajorAxisAngleRad);
        double step = one.Geometry.Plane.SigmaMajorKm * view.PixelsPerKm;
        // At the end of the longer axis that is farther from the first object, a little above the line or to its right.
        int side = one.Geometry.MissXKm * cos + one.Geometry.MissYKm * sin >= 0 ? 1 : -1;
        double right = Math.Abs(sin) > 0.7 ? 12 : 0, up = right > 0 ? 0 : 9;
        if (step > 16)
            for (int sigmas = 1; sigmas <= PlaneEncounter.Contours; sigmas++)
                view.Svg.Text(view.X(one.Geometry.MissXKm) + side * cos * sigmas * step + right, view.Y(one.Geometry.MissYKm) - side * sin * sigmas * step - up + (right > 0 ? 4 : 0), $"{sigmas}σ", SvgDocument.Anchor.Middle, 11, color: "#444");
        view.Names(one);
    }

    /// <summary>What the picture itself shows too small, the bodies or the error, and the whole measured by the error.</summary>
    private static void Insets(SvgDocument svg, IReadOnlyList<PlaneEncounter> encounters, PlaneView whole, double top)
    {
        var newest = encounters[^1];
        double radius = newest.RadiusKm * whole.PixelsPerKm, sigma = PlaneEncounter.Contours * newest.Geometry.Plane.SigmaMajorKm * whole.PixelsPerKm, bottom = Top + Height;
        bool isCloser = radius < SmallPixels || sigma < SmallPixels, isInSigmas = encounters.Count == 1 && newest.Geometry.Mahalanobis <= SigmaView.MostSigmas;
        double height = (bottom - top) / ((isCloser ? 1 : 0) + (isInSigmas ? 1 : 0)) - InsetTitle;
        if (!(height >= LeastInset)) return;
        height = Math.Min(height, ColumnWidth);
        if (isCloser) Closer(svg, encounters, whole, radius < SmallPixels, top + InsetTitle, height);
        if (isInSigmas) SigmaView.Draw(svg, Column, bottom - height, ColumnWidth, height, newest);
    }

    private static void Closer(SvgDocument svg, IReadOnlyList<PlaneEncounter> encounters, PlaneView whole, bool isBodies, double top, double height)
    {
        var newest = encounters[^1];
        var (halfX, halfY) = newest.Half(PlaneEncounter.Contours);
        var box = new PlaneBox(1.2 * newest.RadiusKm);
        foreach (var one in encounters) box.AddPoint(one.Geometry.MissXKm, one.Geometry.MissYKm);
        // Of several messages all that they said of the miss, where that is closer than the picture; of one the bodies, with the miss where it is near.
        bool isWay = isBodies && encounters.Count > 1 && box.SizeKm * whole.PixelsPerKm < height / 4;
        double shownKm = isWay ? 0.65 * box.SizeKm : isBodies ? Math.Max(2.4 * newest.RadiusKm, newest.MissKm <= 8 * newest.RadiusKm ? 1.3 * newest.MissKm : 0) : 1.15 * Math.Max(halfX, halfY);
        double centreX = isWay ? box.CentreXKm : isBodies ? 0 : newest.Geometry.MissXKm, centreY = isWay ? box.CentreYKm : isBodies ? 0 : newest.Geometry.MissYKm;
        var view = new PlaneView(svg, Column, top, ColumnWidth, height, centreX, centreY, height / 2 / shownKm);
        svg.Text(Column, top - 7, $"{(isWay ? "Where the second passes" : isBodies ? "About the first object" : "About the second object")}, {(view.PixelsPerKm / whole.PixelsPerKm).ToString("#,0", CultureInfo.InvariantCulture)} times larger", size: 12, isBold: true);
        svg.Within(Column, top, ColumnWidth, height, () =>
        {
            Content(view, encounters);
            view.Names(newest);
            view.ScaleBar();
        });
        svg.Rectangle(Column, top, ColumnWidth, height, "#000");
        // Where in the large picture it lies.
        double half = Math.Max(shownKm * whole.PixelsPerKm, 9), x = whole.X(view.CentreXKm), y = whole.Y(view.CentreYKm);
        svg.Rectangle(x - half, y - half, 2 * half, 2 * half, "#888");
    }

    private sealed record PlaneBox
    {
        private double _left, _right, _low, _high;

        public PlaneBox(double radiusKm) => (_left, _right, _low, _high) = (-radiusKm, radiusKm, -radiusKm, radiusKm);

        public double WidthKm => _right - _left;
        public double HeightKm => _high - _low;
        public double SizeKm => Math.Max(WidthKm, HeightKm);
        public double CentreXKm => (_left + _right) / 2;
        public double CentreYKm => (_low + _high) / 2;

        public void Add(PlaneEncounter one, double sigmas)
        {
            var (x, y) = one.Half(sigmas);
            AddPoint(one.Geometry.MissXKm - x, one.Geometry.MissYKm - y);
            AddPoint(one.Geometry.MissXKm + x, one.Geometry.MissYKm + y);
        }

        public void AddPoint(double x, double y) => (_left, _right, _low, _high) = (Math.Min(_left, x), Math.Max(_right, x), Math.Min(_low, y), Math.Max(_high, y));
    }
}
