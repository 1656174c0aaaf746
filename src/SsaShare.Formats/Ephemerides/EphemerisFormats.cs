namespace SsaShare.Formats;

/// <summary>All formats of ephemerides beside CCSDS's OEM.</summary>
public static class EphemerisFormats
{
    public static IReadOnlyList<FileFormat<EphemerisItem>> All { get; } = [CpfFormat.Cpf, StkFormat.Stk, Sp3Format.Sp3, ModItcFormat.ModItc, CzmlFormat.Czml];
}
