using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>As much of the tabular orbit mean-elements message as these tests need: a published file with its header.</summary>
internal static class ElementTable
{
    public static IEnumerable<ElementSet> Read(string file)
    {
        string[]? names = null;
        foreach (string line in ReferenceData.Lines(file))
        {
            string[] words = line.TrimStart('\ufeff').Split(',');
            if (names is null) names = words;
            else yield return Parse(names, words);
        }
    }

    private static ElementSet Parse(string[] names, string[] words)
    {
        return new ElementSet(
            Word("NORAD_CAT_ID"), Testing.At(Word("EPOCH")), Number("MEAN_MOTION"), Number("ECCENTRICITY"), Angle("INCLINATION"), Angle("RA_OF_ASC_NODE"),
            Angle("ARG_OF_PERICENTER"), Angle("MEAN_ANOMALY"), Number("BSTAR"), Number("MEAN_MOTION_DOT"), Number("MEAN_MOTION_DDOT"));

        string Word(string name) => words[Array.IndexOf(names, name)];
        double Number(string name) => double.Parse(Word(name), CultureInfo.InvariantCulture);
        double Angle(string name) => Number(name) * Testing.RadPerDegree;
    }
}
