using System.Globalization;
using System.Text;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Texts of a conjunction message: printable ASCII in lines of at most 254 characters, as the standard (508.0-B-1, section 6.3) and its readers take them.</summary>
internal static class MessageText
{
    /// <summary>Longest text, so that a line with its keyword stays within 254 characters.</summary>
    public const int LongestText = 220;

    /// <summary>The text as it can be written; what cannot stand in a message becomes a question mark.</summary>
    /// <param name="otherwise">Where there is none.</param>
    public static string Clean(string? text, string otherwise)
    {
        var clean = new StringBuilder();
        foreach (char letter in (text ?? "").Trim())
        {
            // Blanks at the end of a line are no part of it.
            if (clean.Length == LongestText) break;
            clean.Append(letter is >= ' ' and <= '~' ? letter : '?');
        }
        string result = clean.ToString().Trim();
        // Readers take "NaN" for nothing said.
        return result.Length == 0 || result.Equals("NaN", StringComparison.OrdinalIgnoreCase) ? otherwise : result;
    }

    /// <summary>A long text as lines that can be written, broken at blanks.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        while (text.Length > LongestText)
        {
            int blank = text.LastIndexOf(' ', LongestText - 1);
            int length = blank > LongestText / 2 ? blank : LongestText;
            yield return Clean(text[..length], "-");
            text = text[length..].TrimStart();
        }
        if (text.Trim().Length > 0) yield return Clean(text, "-");
    }

    /// <summary>The same for the same objects, time of closest approach and creation; another for any other.</summary>
    /// <param name="first">Designator of the first object.</param>
    /// <param name="second">Designator of the second object.</param>
    public static string Id(string first, string second, Epoch tca, Epoch created)
        => Clean($"{Word(first)}_conj_{Word(second)}_{Compact(tca)}_{Compact(created)}", "");

    /// <summary>A time rounded, for texts that are read by people or compared.</summary>
    public static Epoch Rounded(Epoch epoch, long nanoseconds)
    {
        long rest = epoch.NanosecondsSinceJ2000 % nanoseconds;
        if (rest < 0) rest += nanoseconds;
        return new Epoch(epoch.NanosecondsSinceJ2000 - rest + (2 * rest < nanoseconds ? 0 : nanoseconds));
    }

    public static string Number(double value, string format = "G6") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The figure to so many significant digits.</summary>
    public static double Digits(double value, int digits) => double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Word(string text) => string.Concat(text.Take(40).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-'));

    private static string Compact(Epoch epoch) => Utc.Format(epoch).Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal).Replace("Z", "", StringComparison.Ordinal);
}
