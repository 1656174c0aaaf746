namespace SsaShare.Formats;

/// <summary>Frames and time systems of ephemerides as orbit ephemeris messages name them.</summary>
internal static class OemNames
{
    private static readonly (string Name, EphemerisFrame Frame)[] Frames =
    [
        ("ITRF", EphemerisFrame.Itrf), ("ICRF", EphemerisFrame.Icrf), ("GCRF", EphemerisFrame.Icrf), ("EME2000", EphemerisFrame.Eme2000), ("J2000", EphemerisFrame.Eme2000), ("TEME", EphemerisFrame.Teme),
        ("TEMEOFDATE", EphemerisFrame.Teme), ("TOD", EphemerisFrame.TrueOfDate), ("TOD_EARTH", EphemerisFrame.TrueOfDate), ("MOD", EphemerisFrame.MeanOfDate), ("MOD_EARTH", EphemerisFrame.MeanOfDate),
        ("B1950", EphemerisFrame.B1950), ("RTN", EphemerisFrame.Rtn), ("RSW", EphemerisFrame.Rtn), ("RIC", EphemerisFrame.Rtn), ("UVW", EphemerisFrame.Rtn), ("QSW", EphemerisFrame.Rtn), ("TNW", EphemerisFrame.Tnw),
    ];

    private static readonly (string Name, EphemerisTimeSystem System)[] Times =
    [
        ("UTC", EphemerisTimeSystem.Utc), ("TAI", EphemerisTimeSystem.Tai), ("TT", EphemerisTimeSystem.Tt), ("GPS", EphemerisTimeSystem.Gps), ("TDB", EphemerisTimeSystem.Tdb),
        ("UT1", EphemerisTimeSystem.Ut1), ("TCB", EphemerisTimeSystem.Tcb), ("TCG", EphemerisTimeSystem.Tcg),
    ];

    /// <summary>The frame of a name; <see cref="EphemerisFrame.Other"/> where it is none of these.</summary>
    public static EphemerisFrame Frame(string name)
    {
        string upper = name.ToUpperInvariant();
        if (upper.StartsWith("ITRF", StringComparison.Ordinal)) return EphemerisFrame.Itrf;
        if (upper.StartsWith("ICRF", StringComparison.Ordinal) || upper.StartsWith("GCRF", StringComparison.Ordinal)) return EphemerisFrame.Icrf;
        return Array.Find(Frames, frame => frame.Name == upper).Frame;
    }

    /// <summary>What a message calls a frame: as the source does where that is one of its names.</summary>
    /// <returns>Null when it has no name for it.</returns>
    public static string? Frame(EphemerisFrame frame, string name)
    {
        if (NdmValues.IsFrame(name) && Frame(name) == frame) return name.ToUpperInvariant();
        return frame == EphemerisFrame.Other ? null : Array.Find(Frames, known => known.Frame == frame).Name;
    }

    public static EphemerisTimeSystem Time(string name) => Array.Find(Times, time => time.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).System;

    /// <summary>The time system in which a message gives times of another: itself, UTC or TAI.</summary>
    public static (EphemerisTimeSystem System, string Name) Time(EphemerisTimeSystem system)
    {
        var told = system switch
        {
            EphemerisTimeSystem.Glonass => EphemerisTimeSystem.Utc,
            EphemerisTimeSystem.Galileo or EphemerisTimeSystem.Qzss or EphemerisTimeSystem.Navic or EphemerisTimeSystem.BeiDou => EphemerisTimeSystem.Tai,
            _ => system,
        };
        return (told, Array.Find(Times, time => time.System == told).Name ?? "");
    }

    /// <summary>Names of the 21 entries of a covariance, row by row.</summary>
    public static string[] Covariance { get; } = [.. OdmKeywords.Covariance.Select(entry => entry.Keyword)];
}
