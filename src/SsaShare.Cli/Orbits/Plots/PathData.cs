using System.Text;

namespace SsaShare.Cli;

/// <summary>The data of a path: strokes and marks one after the other, so that thousands of points are one element.</summary>
internal sealed class PathData
{
    private readonly StringBuilder _text = new();
    private bool _isDown;

    /// <summary>On to a point; from the point before, unless the line was lifted.</summary>
    public PathData To(double x, double y)
    {
        _text.Append(_isDown ? 'L' : 'M').Append(SvgDocument.Number(x)).Append(',').Append(SvgDocument.Number(y));
        _isDown = true;
        return this;
    }

    /// <summary>The next point begins a new stroke.</summary>
    public PathData Lift()
    {
        _isDown = false;
        return this;
    }

    /// <summary>A dot as wide as the stroke.</summary>
    public PathData Dot(double x, double y) => Mark(x, y, "h0");

    /// <summary>A lying cross.</summary>
    public PathData Cross(double x, double y) => Mark(x - 2.5, y - 2.5, "l5,5m0,-5l-5,5");

    /// <summary>A small triangle that points up or down, with its tip at the point.</summary>
    public PathData Arrow(double x, double y, bool isUp) => Mark(x, y, isUp ? "l3.5,6h-7z" : "l3.5,-6h-7z");

    public override string ToString() => _text.ToString();

    private PathData Mark(double x, double y, string rest)
    {
        _text.Append('M').Append(SvgDocument.Number(x)).Append(',').Append(SvgDocument.Number(y)).Append(rest);
        _isDown = false;
        return this;
    }
}
