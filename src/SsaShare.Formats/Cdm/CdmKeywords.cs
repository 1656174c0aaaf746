using System.Collections.Frozen;

namespace SsaShare.Formats;

/// <summary>The keywords of CCSDS 508.0-B-1 and where they stand.</summary>
internal static class CdmKeywords
{
    /// <summary>Keywords of an object whose text is kept as it is.</summary>
    public static readonly string[] Remarks =
    [
        "OBJECT_TYPE", "OPERATOR_CONTACT_POSITION", "OPERATOR_ORGANIZATION", "OPERATOR_PHONE", "OPERATOR_EMAIL", "ORBIT_CENTER", "GRAVITY_MODEL", "ATMOSPHERIC_MODEL",
        "N_BODY_PERTURBATIONS", "SOLAR_RAD_PRESSURE", "EARTH_TIDES", "INTRACK_THRUST",
    ];

    /// <summary>Row by row of the lower triangle: each parameter against itself and those before it.</summary>
    public static readonly CdmEntry[] Covariance = [.. Entries()];

    private static readonly FrozenSet<string> Whole = new[]
    {
        "CREATION_DATE", "ORIGINATOR", "MESSAGE_FOR", "MESSAGE_ID", "TCA", "MISS_DISTANCE", "RELATIVE_SPEED", "RELATIVE_POSITION_R", "RELATIVE_POSITION_T", "RELATIVE_POSITION_N",
        "RELATIVE_VELOCITY_R", "RELATIVE_VELOCITY_T", "RELATIVE_VELOCITY_N", "START_SCREEN_PERIOD", "STOP_SCREEN_PERIOD", "SCREEN_VOLUME_FRAME", "SCREEN_VOLUME_SHAPE",
        "SCREEN_VOLUME_X", "SCREEN_VOLUME_Y", "SCREEN_VOLUME_Z", "SCREEN_ENTRY_TIME", "SCREEN_EXIT_TIME", "COLLISION_PROBABILITY", "COLLISION_PROBABILITY_METHOD",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Object = Remarks.Concat(Covariance.Select(entry => entry.Keyword)).Concat(
    [
        "OBJECT_DESIGNATOR", "CATALOG_NAME", "OBJECT_NAME", "INTERNATIONAL_DESIGNATOR", "EPHEMERIS_NAME", "COVARIANCE_METHOD", "MANEUVERABLE", "REF_FRAME",
        "TIME_LASTOB_START", "TIME_LASTOB_END", "RECOMMENDED_OD_SPAN", "ACTUAL_OD_SPAN", "OBS_AVAILABLE", "OBS_USED", "TRACKS_AVAILABLE", "TRACKS_USED", "RESIDUALS_ACCEPTED", "WEIGHTED_RMS",
        "AREA_PC", "AREA_DRG", "AREA_SRP", "MASS", "CD_AREA_OVER_MASS", "CR_AREA_OVER_MASS", "THRUST_ACCELERATION", "SEDR", "X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT",
    ]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a message may do without: figures that its states give too, the orbit determination and the body.</summary>
    private static readonly FrozenSet<string> Dispensable = new[]
    {
        "RELATIVE_SPEED", "RELATIVE_POSITION_R", "RELATIVE_POSITION_T", "RELATIVE_POSITION_N", "RELATIVE_VELOCITY_R", "RELATIVE_VELOCITY_T", "RELATIVE_VELOCITY_N", "INTERNATIONAL_DESIGNATOR",
        "TIME_LASTOB_START", "TIME_LASTOB_END", "RECOMMENDED_OD_SPAN", "ACTUAL_OD_SPAN", "OBS_AVAILABLE", "OBS_USED", "TRACKS_AVAILABLE", "TRACKS_USED", "RESIDUALS_ACCEPTED", "WEIGHTED_RMS",
        "AREA_PC", "AREA_DRG", "AREA_SRP", "MASS", "CD_AREA_OVER_MASS", "CR_AREA_OVER_MASS", "THRUST_ACCELERATION", "SEDR",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a lenient reader goes on without it.</summary>
    public static bool MayBePassedOver(string keyword) => Dispensable.Contains(keyword);

    /// <param name="ofObject">Whether the part is about one object; otherwise it is about both.</param>
    public static bool Knows(bool ofObject, string keyword) => (ofObject ? Object : Whole).Contains(keyword);

    private static IEnumerable<CdmEntry> Entries()
    {
        // Powers of m, kg and s in each parameter's unit; lengths become km, but for the two areas over mass.
        (string Name, int Metres, int Kilograms, int Seconds)[] parameters =
            [("R", 1, 0, 0), ("T", 1, 0, 0), ("N", 1, 0, 0), ("RDOT", 1, 0, -1), ("TDOT", 1, 0, -1), ("NDOT", 1, 0, -1), ("DRG", 2, -1, 0), ("SRP", 2, -1, 0), ("THR", 1, 0, -2)];
        for (int row = 0; row < parameters.Length; row++)
        for (int column = 0; column <= row; column++)
        {
            var (one, other) = (parameters[row], parameters[column]);
            double toKept = (one.Metres == 1, other.Metres == 1) switch { (true, true) => 1e-6, (false, false) => 1, _ => 1e-3 };
            yield return new CdmEntry($"C{one.Name}_{other.Name}", UnitOf(one.Metres + other.Metres, one.Kilograms + other.Kilograms, one.Seconds + other.Seconds), toKept);
        }
    }

    /// <summary>As the standard writes it: m**2/s, m**3/(kg*s**2).</summary>
    private static string UnitOf(int metres, int kilograms, int seconds)
    {
        string[] below = [.. new[] { Power("kg", -kilograms), Power("s", -seconds) }.Where(text => text.Length > 0)];
        return Power("m", metres) + below.Length switch { 0 => "", 1 => $"/{below[0]}", _ => $"/({below[0]}*{below[1]})" };
    }

    private static string Power(string unit, int power) => power switch { 0 => "", 1 => unit, _ => $"{unit}**{power}" };
}

/// <summary>An entry of an object's covariance.</summary>
/// <param name="Unit">In which messages give it.</param>
/// <param name="ToKept">By which it is multiplied to be kept.</param>
internal readonly record struct CdmEntry(string Keyword, string Unit, double ToKept);
