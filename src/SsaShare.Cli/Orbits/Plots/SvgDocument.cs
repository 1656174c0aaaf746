using System.Globalization;
using System.Security;
using System.Text;

namespace SsaShare.Cli;

/// <summary>A picture in SVG 1.1: lines, paths and text, in pixels from the upper left corner.</summary>
internal sealed class SvgDocument
{
    private readonly StringBuilder _body = new();
    private readonly double _width, _height;
    private int _clips;

    public SvgDocument(double width, double height) => (_width, _height) = (width, height);

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
        => $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(_width)}\" height=\"{Number(_height)}\" viewBox=\"0 0 {Number(_width)} {Number(_height)}\" font-family=\"Helvetica, Arial, sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{_body}</svg>\n";

    /// <summary>To a hundredth of a pixel.</summary>
    internal static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Dashes(string? dashes) => dashes is null ? "" : $" stroke-dasharray=\"{dashes}\"";
}
