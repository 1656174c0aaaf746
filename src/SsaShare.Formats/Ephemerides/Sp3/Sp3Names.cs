using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Codes of the standard product 3 format.</summary>
internal static class Sp3Names
{
    private static readonly (string Code, EphemerisTimeSystem System)[] Times =
    [
        ("GPS", EphemerisTimeSystem.Gps), ("UTC", EphemerisTimeSystem.Utc), ("TAI", EphemerisTimeSystem.Tai), ("GLO", EphemerisTimeSystem.Glonass), ("GAL", EphemerisTimeSystem.Galileo),
        ("BDT", EphemerisTimeSystem.BeiDou), ("BDS", EphemerisTimeSystem.BeiDou), ("QZS", EphemerisTimeSystem.Qzss), ("IRN", EphemerisTimeSystem.Navic),
    ];

    private static readonly string[] EarthFixed = ["ITR", "IGS", "IGB", "IGR", "IGL", "WGS", "SLR", "DPO", "GTRF", "PZ", "CGCS", "CTRF", "BTRF", "IER", "ECEF", "ECF"];

    private static readonly string[] SmallNumbers = [.. Enumerable.Range(0, 200).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    public static EphemerisTimeSystem Time(string code) => Array.Find(Times, time => time.Code == code).System;

    /// <returns>Null when the format has no code for it.</returns>
    public static string? Code(EphemerisTimeSystem system) => Array.Find(Times, time => time.System == system).Code;

    public static EphemerisFrame Frame(string name)
    {
        string upper = name.ToUpperInvariant();
        if (EarthFixed.Any(prefix => upper.StartsWith(prefix, StringComparison.Ordinal))) return EphemerisFrame.Itrf;
        return upper switch { "J2000" or "EME20" => EphemerisFrame.Eme2000, "ICRF" or "GCRF" => EphemerisFrame.Icrf, _ => EphemerisFrame.Other };
    }

    /// <summary>A satellite as a letter and two digits, or the number alone as version a has it.</summary>
    /// <returns>Null when it is none: blanks, 0.</returns>
    public static string? Satellite(ReadOnlySpan<byte> columns)
    {
        if (columns.Length != 3) return null;
        bool hasLetter = columns[0] is >= (byte)'A' and <= (byte)'Z';
        if (!ShiftedDecimal.TryInteger(columns[(hasLetter ? 1 : 0)..].Trim((byte)' '), out long number) || number is <= 0 or > 999) return null;
        return hasLetter ? string.Create(CultureInfo.InvariantCulture, $"{(char)columns[0]}{number:00}") : number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a number has its place in fourteen columns with six decimals.</summary>
    /// <param name="shift">Power of ten by which it is written larger.</param>
    public static bool Fits(double value, int shift)
    {
        double written = value * Math.Pow(10, shift);
        return written is > -999_999.999_999_4 and < 9_999_999.999_999_4;
    }

    public static bool Fits(Vector3d value, int shift) => Fits(value.X, shift) && Fits(value.Y, shift) && Fits(value.Z, shift);

    /// <summary>Text of a whole number, without making it anew each time.</summary>
    public static string Text(long number) => number is >= 0 and < 200 ? SmallNumbers[number] : number.ToString(CultureInfo.InvariantCulture);
}
