namespace SsaShare.Orbits.Tests;

/// <summary>The slice of DE430 for January to March 2016 in the reference data.</summary>
internal static class JplSlice
{
    public static byte[] Bytes => File.ReadAllBytes(ReferenceData.File("earth/orekit/lnxp2016.430"));

    public static JplEphemeris Ephemeris => JplEphemeris.TryRead(Bytes, "lnxp2016.430", out var ephemeris, out var fault) ? ephemeris : throw new InvalidOperationException(fault.ToString());
}
