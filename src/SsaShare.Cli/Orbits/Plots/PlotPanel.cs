namespace SsaShare.Cli;

/// <summary>A rectangle with two axes: frame, grid, ticks, titles.</summary>
/// <param name="X">From left to right.</param>
/// <param name="Y">From the lower to the upper side.</param>
internal sealed record PlotPanel(SvgDocument Svg, PlotAxis X, PlotAxis Y)
{
    /// <summary>Told apart by people who do not tell all colours apart, and in print: after Okabe and Ito.</summary>
    public static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f5f3f", "#000000"];

    private const string Grid = "#e2e2e2";

    public double Left => X.FromPixel;

    public double Top => Y.ToPixel;

    public double Width => X.ToPixel - X.FromPixel;

    public double Height => Y.FromPixel - Y.ToPixel;

    /// <param name="withTimes">Whether the lower side has its numbers and title.</param>
    public void Draw(bool withTimes)
    {
        foreach (var (value, label) in X.Ticks())
        {
            double x = X.Map(value);
            Svg.Line(x, Y.FromPixel, x, Y.ToPixel, Grid);
            Svg.Line(x, Y.FromPixel, x, Y.FromPixel - 5, "#000");
            if (withTimes && label.Length > 0) Svg.Text(x, Y.FromPixel + 16, label, SvgDocument.Anchor.Middle, 11);
        }
        foreach (var (value, label) in Y.Ticks())
        {
            double y = Y.Map(value);
            Svg.Line(X.FromPixel, y, X.ToPixel, y, Grid);
            Svg.Line(X.FromPixel, y, X.FromPixel + 5, y, "#000");
            Svg.Text(X.FromPixel - 6, y + 4, label, SvgDocument.Anchor.End, 11);
        }
        if (withTimes) Svg.Text((X.FromPixel + X.ToPixel) / 2, Y.FromPixel + 36, X.Title, SvgDocument.Anchor.Middle);
        Svg.Text(X.FromPixel - 58, (Y.FromPixel + Y.ToPixel) / 2, Y.Title, SvgDocument.Anchor.Middle, turnDeg: -90);
    }

    /// <summary>Bands in which there is nothing, as wide as a gap.</summary>
    public void Break(IEnumerable<(double FromPixel, double ToPixel)> gaps)
    {
        foreach (var (from, to) in gaps)
        {
            Svg.Rectangle(from, Top, to - from, Height, "none", "#dcdcdc");
            Svg.Line(from, Top, from, Top + Height, "#999", 0.7);
            Svg.Line(to, Top, to, Top + Height, "#999", 0.7);
        }
    }

    /// <summary>After what is in it.</summary>
    public void Frame() => Svg.Rectangle(Left, Top, Width, Height, "#000");

    public void Within(Action draw) => Svg.Within(Left, Top, Width, Height, draw);

    /// <summary>Names with their colours in one line, or more where one is too short.</summary>
    /// <returns>The y below it.</returns>
    public static double Legend(SvgDocument svg, double left, double right, double y, IEnumerable<(string Name, string Color, string? Dashes, bool IsLine)> entries)
    {
        double x = left;
        foreach (var (name, color, dashes, isLine) in entries)
        {
            double width = 30 + 6.6 * name.Length;
            if (x + width > right && x > left) (x, y) = (left, y + 18);
            if (isLine) svg.Line(x, y - 4, x + 18, y - 4, color, 2, dashes);
            else svg.Path(dashes == "x" ? new PathData().Cross(x + 10, y - 4).ToString() : new PathData().Dot(x + 10, y - 4).ToString(), color, dashes == "x" ? 1.2 : 6);
            svg.Text(x + 23, y, name);
            x += width + 8;
        }
        return y + 14;
    }
}
