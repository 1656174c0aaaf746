using System.Globalization;
using System.Security;
using System.Text;

namespace SsaShare.Cli;

/// <summary>A picture in SVG 1.1: lines, paths and text, in pixels from the upper left corner. Light by itself, dark where the reader's system asks for it.</summary>
internal sealed class SvgDocument
{
    /// <summary>Ink becomes light and paper dark; the colours of what is plotted are seen on both.</summary>
    private const string Dark = """
        @media (prefers-color-scheme: dark) {
        [fill="#fff"] { fill: #16181c } [fill="#000"], [fill="#444"] { fill: #e6e6e6 } [fill="#dcdcdc"] { fill: #34373d }
        [stroke="#fff"] { stroke: #16181c } [stroke="#000"], [stroke="#000000"], [stroke="#444"] { stroke: #e6e6e6 } [stroke="#888"], [stroke="#999"], [stroke="#aaa"] { stroke: #808080 } [stroke="#e2e2e2"] { stroke: #34373d }
        [stroke="#0072b2"] { stroke: #4aa8e0 } [fill="#0072b2"] { fill: #4aa8e0 } [fill="#d55e00"] { fill: #ff8a3d } [stroke="#d55e00"] { stroke: #ff8a3d } }
        """;

    private readonly StringBuilder _body = new();
    private readonly double _width, _height;
    private readonly string _title, _description;
    private int _clips;

    /// <param name="title">What the picture is called where it is not seen.</param>
    /// <param name="description">What it shows, for those who do not see it; none is written where it is empty.</param>
    public SvgDocument(double width, double height, string title, string description = "") => (_width, _height, _title, _description) = (width, height, title, description);

    /// <summary>Where text begins at its place, is centred on it, or ends.</summary>
    public enum Anchor
    {
        Start = 0,
        Middle = 1,
        End = 2,
    }

    public void Text(double x, double y, string text, Anchor anchor = Anchor.Start, double size = 12, bool isBold = false, double turnDeg = 0, string color = "#000")
    {
        string turn = turnDeg == 0 ? "" : $" transform=\"rotate({Number(turnDeg)} {Number(x)} {Number(y)})\"";
        string at = anchor switch { Anchor.Middle => " text-anchor=\"middle\"", Anchor.End => " text-anchor=\"end\"", _ => "" };
        _body.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(size)}\" fill=\"{color}\"{at}{(isBold ? " font-weight=\"bold\"" : "")}{turn}>{SecurityElement.Escape(text)}</text>\n");
    }

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, string? dashes = null)
        => _body.Append($"<line x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\" stroke=\"{color}\" stroke-width=\"{Number(width)}\"{Dashes(dashes)}/>\n");

    public void Rectangle(double x, double y, double width, double height, string stroke, string fill = "none")
        => _body.Append($"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" stroke=\"{stroke}\" fill=\"{fill}\"/>\n");

    /// <param name="turnDeg">Of the first radius, clockwise from the x axis.</param>
    public void Ellipse(double x, double y, double radiusX, double radiusY, double turnDeg, string stroke, double width = 1, string fill = "none", double opacity = 1, double fillOpacity = 1, string? dashes = null)
        => _body.Append($"<ellipse cx=\"{Number(x)}\" cy=\"{Number(y)}\" rx=\"{Number(radiusX)}\" ry=\"{Number(radiusY)}\"{(turnDeg == 0 ? "" : $" transform=\"rotate({turnDeg.ToString("F6", CultureInfo.InvariantCulture)} {Number(x)} {Number(y)})\"")} stroke=\"{stroke}\" stroke-width=\"{Number(width)}\" stroke-opacity=\"{Number(opacity)}\" fill=\"{fill}\" fill-opacity=\"{Number(fillOpacity)}\"{Dashes(dashes)}/>\n");

    /// <param name="data">As <see cref="PathData"/> makes it.</param>
    public void Path(string data, string color, double width, string? dashes = null, double opacity = 1)
    {
        if (data.Length > 0)
            _body.Append($"<path d=\"{data}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{Number(width)}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"{(opacity < 1 ? $" stroke-opacity=\"{Number(opacity)}\"" : "")}{Dashes(dashes)}/>\n");
    }

    /// <summary>What is drawn by an action shows within a rectangle only.</summary>
    public void Within(double x, double y, double width, double height, Action draw)
    {
        string id = $"c{++_clips}";
        _body.Append($"<clipPath id=\"{id}\"><rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"/></clipPath>\n<g clip-path=\"url(#{id})\">\n");
        draw();
        _body.Append("</g>\n");
    }

    public override string ToString()
        => $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(_width)}\" height=\"{Number(_height)}\" viewBox=\"0 0 {Number(_width)} {Number(_height)}\" role=\"img\" aria-labelledby=\"title{(_description.Length > 0 ? " desc" : "")}\" font-family=\"Helvetica, Arial, sans-serif\">\n"
            + $"<title id=\"title\">{SecurityElement.Escape(_title)}</title>\n{(_description.Length > 0 ? $"<desc id=\"desc\">{SecurityElement.Escape(_description)}</desc>\n" : "")}<style>\n{Dark}\n</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{_body}</svg>\n";

    /// <summary>To a hundredth of a pixel.</summary>
    internal static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Dashes(string? dashes) => dashes is null ? "" : $" stroke-dasharray=\"{dashes}\"";
}
