namespace SsaShare.Formats;

/// <summary>The ways between ephemerides and orbit ephemeris messages. Each makes a writer for one file that is read; its Complete leaves the other writer open.</summary>
public static class EphemerisBridges
{
    /// <summary>Ephemerides as orbit ephemeris messages, version 2.0.</summary>
    public static IFormatWriter<EphemerisItem> ToOem(IFormatWriter<NdmEvent> target, FormatWriteOptions options) => new OemFromEphemeris(target, options);

    /// <summary>Orbit ephemeris messages as ephemerides.</summary>
    public static IFormatWriter<NdmEvent> FromOem(IFormatWriter<EphemerisItem> target, FormatWriteOptions options) => new EphemerisFromOem(target, options);
}
