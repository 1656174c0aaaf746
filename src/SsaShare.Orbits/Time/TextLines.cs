using System.Globalization;

namespace SsaShare.Orbits;

/// <summary>The lines of a file of figures, from 1, without their ends; reading numbers never throws.</summary>
internal sealed class TextLines(string text)
{
    private readonly string[] _lines = text.Split('\n');

    public int Count => _lines.Length;

    /// <param name="number">From 1.</param>
    public string this[int number] => _lines[number - 1].TrimEnd('\r');

    public static bool TryNumber(ReadOnlySpan<char> text, out double value)
        => double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool TryInteger(ReadOnlySpan<char> text, out int value)
        => int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Columns of a line, counted from 1 as formats count them; empty where the line is shorter.</summary>
    public static ReadOnlySpan<char> Columns(string line, int first, int last)
        => first > line.Length ? default : line.AsSpan(first - 1, Math.Min(last, line.Length) - first + 1);

    public static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
