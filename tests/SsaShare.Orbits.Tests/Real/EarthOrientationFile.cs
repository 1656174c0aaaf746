namespace SsaShare.Orbits.Tests;

/// <summary>Earth orientation for years that the built-in table leaves out, from the reference data.</summary>
internal static class EarthOrientationFile
{
    public const string CelestrakName = "earth/celestrak/EOP-All-v1.1_2025-01-10.txt.gz";

    private static readonly Lazy<string> Text = new(() => string.Join('\n', ReferenceData.Lines(CelestrakName)));

    private static readonly Lazy<EarthOrientation> Table = new(() => Read(Text.Value, CelestrakName));

    /// <summary>1972 to 2025, with half a year of predictions.</summary>
    public static EarthOrientation All
    {
        get
        {
            _ = ReferenceData.File(CelestrakName);
            return Table.Value;
        }
    }

    public static EarthRotation Rotation(int firstMjd, int lastMjd)
    {
        var rotation = new EarthRotation(All);
        Assert.True(EarthOrientation.TryMidnight(firstMjd, out var first) && EarthOrientation.TryMidnight(lastMjd, out var last) && first >= All.First && last <= All.Last);
        return rotation;
    }

    public static EarthOrientation Read(string text, string name)
        => EarthOrientationReader.TryRead(text, name, out var orientation, out var fault) ? orientation : throw new InvalidOperationException(fault.ToString());

    public static EarthOrientation Read(string name) => Read(string.Join('\n', ReferenceData.Lines(name)), name);
}
