namespace SsaShare.Formats;

/// <summary>Words of STK's ephemeris files. They are compared without regard to case.</summary>
internal static class StkKeywords
{
    /// <summary>Keywords that are kept as text, under STK_ and their name.</summary>
    public static readonly string[] Kept =
    [
        "InterpolationSamplesM1", "InterpolationOrder", "DistanceUnit", "TimeScale", "MessageLevel", "BlockingFactor", "ComputeVelocity", "SmoothData", "SatelliteName", "SatelliteNumber",
        "NumberOfCovariancePoints", "CovarianceInterpolationMethod", "CovarianceInterpolationSamplesM1", "CovarianceBlendingMethod", "TrendingControlStep", "SlipTimeBoundary",
    ];

    /// <summary>Sections of data rows: coordinates, and numbers after the time.</summary>
    public static readonly (string Name, EphemerisCoordinates Coordinates, int Numbers)[] Sections =
    [
        ("EphemerisTimePos", EphemerisCoordinates.Cartesian, 3),
        ("EphemerisTimePosVel", EphemerisCoordinates.Cartesian, 6),
        ("EphemerisTimePosVelAcc", EphemerisCoordinates.Cartesian, 9),
        ("EphemerisLLATimePos", EphemerisCoordinates.GeodeticHeight, 3),
        ("EphemerisLLATimePosVel", EphemerisCoordinates.GeodeticHeight, 6),
        ("EphemerisLLRTimePos", EphemerisCoordinates.GeocentricRadius, 3),
        ("EphemerisLLRTimePosVel", EphemerisCoordinates.GeocentricRadius, 6),
        ("EphemerisGeocentricLLATimePos", EphemerisCoordinates.GeocentricHeight, 3),
        ("EphemerisGeocentricLLATimePosVel", EphemerisCoordinates.GeocentricHeight, 6),
        ("EphemerisGeodeticLLRTimePos", EphemerisCoordinates.GeodeticRadius, 3),
        ("EphemerisGeodeticLLRTimePosVel", EphemerisCoordinates.GeodeticRadius, 6),
        ("EphemerisMSLLLATimePos", EphemerisCoordinates.SeaLevelHeight, 3),
        ("EphemerisMSLLLATimePosVel", EphemerisCoordinates.SeaLevelHeight, 6),
        ("EphemerisTerrainLLATimePos", EphemerisCoordinates.TerrainHeight, 3),
    ];

    /// <summary>Coordinate systems of the Earth; of other bodies Fixed is their own.</summary>
    public static readonly (string Name, EphemerisFrame Frame)[] Frames =
    [
        ("Fixed", EphemerisFrame.Itrf), ("ICRF", EphemerisFrame.Icrf), ("J2000", EphemerisFrame.Eme2000), ("TEMEOfDate", EphemerisFrame.Teme), ("TrueOfDate", EphemerisFrame.TrueOfDate),
        ("MeanOfDate", EphemerisFrame.MeanOfDate), ("B1950", EphemerisFrame.B1950), ("Inertial", EphemerisFrame.Icrf), ("ITRF2000", EphemerisFrame.Itrf), ("ITRF2005", EphemerisFrame.Itrf),
        ("ITRF2008", EphemerisFrame.Itrf), ("ITRF2014", EphemerisFrame.Itrf), ("ITRF2020", EphemerisFrame.Itrf), ("MeanOfEpoch", EphemerisFrame.Other), ("TrueOfEpoch", EphemerisFrame.Other),
        ("TEMEOfEpoch", EphemerisFrame.Other), ("AlignmentAtEpoch", EphemerisFrame.Other), ("TrueOfDateRotating", EphemerisFrame.Other), ("MeanEarth", EphemerisFrame.Other),
        ("PrincipalAxes", EphemerisFrame.Other), ("Custom", EphemerisFrame.Other), ("AWB", EphemerisFrame.Other),
    ];

    public static readonly string[] Interpolations = ["Lagrange", "Hermite", "LagrangeVOP", "GreatArc", "GreatArcTerrain", "GreatArcMSL"];

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>The frame of a name, about a centre.</summary>
    /// <returns>Null when STK has no such name.</returns>
    public static EphemerisFrame? Frame(string name, string center)
    {
        string word = name.Split(' ')[0];
        int at = Array.FindIndex(Frames, frame => Is(frame.Name, word));
        if (at < 0) return null;
        bool isOfTheEarth = Frames[at].Frame is EphemerisFrame.Itrf or EphemerisFrame.Teme or EphemerisFrame.TrueOfDate or EphemerisFrame.MeanOfDate;
        return isOfTheEarth && center != "EARTH" ? EphemerisFrame.Other : Frames[at].Frame;
    }

    /// <summary>Reads 15 Oct 2006 23:59:47.5, UTC; blanks may stand anywhere, quotes around it.</summary>
    /// <returns>Null and the time, or what is wrong.</returns>
    public static string? ReadDate(ReadOnlySpan<byte> text, out EphemerisTime time)
    {
        time = default;
        const string Expected = "not a date such as 15 Oct 2006 23:59:47.0";
        var words = new Words(text.Trim("\" \t"u8));
        if (!ShiftedDecimal.TryInteger(words.Next(), out long day) || !words.Next(out var monthName) || !ShiftedDecimal.TryInteger(words.Next(), out long year)) return Expected;
        string name = System.Text.Encoding.ASCII.GetString(monthName);
        int month = Array.FindIndex(Months, m => Is(m, name)) + 1;
        if (month == 0) return "the month is not Jan to Dec";
        Span<byte> clock = stackalloc byte[64];
        int length = 0;
        while (words.Next(out var part))
        {
            if (length + part.Length > clock.Length) return Expected;
            part.CopyTo(clock[length..]);
            length += part.Length;
        }
        ReadOnlySpan<byte> hms = clock[..length];
        int first = hms.IndexOf((byte)':'), last = hms.LastIndexOf((byte)':');
        if (first < 1 || last <= first + 1) return Expected;
        if (!ShiftedDecimal.TryInteger(hms[..first], out long hour) || !ShiftedDecimal.TryInteger(hms[(first + 1)..last], out long minute) || !ShiftedDecimal.TryDecimal(hms[(last + 1)..], out decimal second)) return Expected;
        return EphemerisTime.TryCreate(year, month, day, hour, minute, second, EphemerisTimeSystem.Utc, out time);
    }

    public static string Date(EphemerisTime time)
    {
        var (hour, minute, second) = time.Clock();
        return FormattableString.Invariant($"{time.Date.Day} {Months[time.Date.Month - 1]} {time.Date.Year} {hour:00}:{minute:00}:{second:00.000000############}");
    }

    public static bool Is(string keyword, string word) => keyword.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The keyword as it is usually written.</summary>
    /// <returns>Null when it is none of these.</returns>
    public static string? Known(string[] keywords, string word) => Array.Find(keywords, keyword => Is(keyword, word));
}
