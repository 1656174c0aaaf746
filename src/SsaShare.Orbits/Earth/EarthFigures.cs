using System.Globalization;

namespace SsaShare.Orbits;

/// <summary>The text files of figures built into this assembly, and the one way their lines are read.</summary>
internal static class EarthFigures
{
    public static string Read(string name)
    {
        using var stream = typeof(EarthFigures).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The words of every line that is neither empty nor a comment, with its number for error messages.</summary>
    public static IEnumerable<(int Line, string[] Words)> Rows(string text)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string trimmed = line.Trim();
            if (trimmed.Length > 0 && trimmed[0] != '#') yield return (number, trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <exception cref="FormatException">The word is not a finite number.</exception>
    public static double Number(int line, string word)
        => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"Line {line}: '{word}' is not a number.");

    /// <exception cref="FormatException">The word is not an integer.</exception>
    public static int Integer(int line, string word)
        => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"Line {line}: '{word}' is not an integer.");
}
