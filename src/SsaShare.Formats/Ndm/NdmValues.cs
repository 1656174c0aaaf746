using System.Collections.Frozen;
using System.Globalization;

namespace SsaShare.Formats;

/// <summary>What values of the standards look like.</summary>
internal static class NdmValues
{
    /// <summary>Of the registry of time systems (SANA).</summary>
    public static readonly FrozenSet<string> TimeSystems = new[] { "GMST", "GPS", "MET", "MRT", "SCLK", "TAI", "TCB", "TCG", "TDB", "TDR", "TT", "UT1", "UTC" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of the registries of celestial-body and of orbit-relative frames (SANA), and those that 502.0-B itself names.</summary>
    private static readonly FrozenSet<string> Frames = new[]
    {
        "ALIGN_CB", "ALIGN_EARTH", "B1950", "CIRS", "DTRF", "EFG", "EME2000", "FIXED_CB", "FIXED_EARTH", "GCRF", "GRC", "GTOD", "ICRF", "ITRF", "J2000", "J2000_ECLIPTIC", "MCI", "MOD", "MOD_CB",
        "MOD_EARTH", "MOD_MOON", "MOE_CB", "MOE_EARTH", "PEF", "TDR", "TEME", "TEMEOFDATE", "TEMEOFEPOCH", "TIRS", "TOD", "TOD_CB", "TOD_EARTH", "TOD_MOON", "TOE_CB", "TOE_EARTH", "TOE_MOON",
        "TRUE_ECLIPTIC", "UVW_GO_INERTIAL", "WGS84", "RTN", "RSW", "TNW", "LVLH", "QSW", "NTW", "RIC", "PQW", "VVLH", "VNC", "EQW_INERTIAL", "LVLH_INERTIAL", "LVLH_ROTATING", "NSW_INERTIAL",
        "NSW_ROTATING", "NTW_INERTIAL", "NTW_ROTATING", "PQW_INERTIAL", "RSW_INERTIAL", "RSW_ROTATING", "SEZ_INERTIAL", "SEZ_ROTATING", "TNW_INERTIAL", "TNW_ROTATING", "VNC_INERTIAL", "VNC_ROTATING",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A frame of the registries, with the number of its realisation where it has some: ITRF2014, ITRF-97, GCRF2.</summary>
    public static bool IsFrame(string text)
    {
        if (Frames.Contains(text)) return true;
        var name = text.AsSpan().TrimEnd("0123456789").TrimEnd('-');
        return name.Length < text.Length && (name.Equals("ITRF", StringComparison.OrdinalIgnoreCase) || name.Equals("ICRF", StringComparison.OrdinalIgnoreCase)
            || name.Equals("GCRF", StringComparison.OrdinalIgnoreCase) || name.Equals("DTRF", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A decimal number, with or without an exponent, that is finite.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        int at = 0, digits = 0;
        if (at < text.Length && text[at] is '+' or '-') at++;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++) digits++;
        if (at < text.Length && text[at] == '.')
            for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++) digits++;
        if (digits == 0) return false;
        if (at == text.Length && digits < 300) return true;
        if (at < text.Length && text[at] is not ('e' or 'E')) return false;
        // Exponents, and very long numbers, are left to the conversion, which tells whether the number is finite.
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
    }

    public static bool IsInteger(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] is '+' or '-') text = text[1..];
        return text.Length is > 0 and <= 18 && !text.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>A name that every syntax can hold.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
        => text.Length is > 0 and <= 80 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.IndexOfAnyExcept(NameLetters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameLetters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>The unit as it is compared: without blanks, in capitals, powers as **.</summary>
    public static bool IsUnit(string given, string expected) => given == expected || Canonical(given) == Canonical(expected);

    private static string Canonical(string unit) => unit.Replace(" ", "", StringComparison.Ordinal).Replace("^", "**", StringComparison.Ordinal).ToUpperInvariant();
}
