namespace SsaShare.Formats.Tests;

/// <summary>Makes texts for the tests of element sets.</summary>
internal static class ElementTexts
{
    /// <summary>Lines of 69 columns with the last made right.</summary>
    public static string WithChecksums(string lines) => string.Concat(lines.Split('\n').Select(line => line.Length < 69 ? line : WithChecksum(line) + "\n"));

    private static string WithChecksum(string line) => line[..68] + line[..68].Sum(c => char.IsAsciiDigit(c) ? c - '0' : c == '-' ? 1 : 0) % 10;
}
