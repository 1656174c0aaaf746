using System.Collections.Frozen;

namespace SsaShare.Formats;

/// <summary>The keywords of CCSDS 502.0-B that a message may have; the unit of those whose value is kept.</summary>
internal static class OdmKeywords
{
    /// <summary>Row by row of the lower triangle, with their units.</summary>
    public static readonly (string Keyword, string Unit)[] Covariance = [.. CovarianceKeywords()];

    private static readonly string[] Both =
    [
        "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID", "CLASSIFICATION", "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "REF_FRAME_EPOCH", "TIME_SYSTEM", "EPOCH",
        "SEMI_MAJOR_AXIS", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY", "GM", "MASS", "SOLAR_RAD_AREA", "SOLAR_RAD_COEFF", "DRAG_AREA",
        "DRAG_COEFF", "COV_REF_FRAME", .. Covariance.Select(one => one.Keyword),
    ];

    private static readonly FrozenSet<string> Opm = Both.Concat(["X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT", "TRUE_ANOMALY"]).Concat(Maneuver).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Omm = Both.Concat(["MEAN_ELEMENT_THEORY", "MEAN_MOTION", "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "NORAD_CAT_ID",
        "ELEMENT_SET_NO", "REV_AT_EPOCH", "BSTAR", "BTERM", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT", "AGOM"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>One after another for each manoeuvre.</summary>
    private static IEnumerable<string> Maneuver => ["MAN_EPOCH_IGNITION", "MAN_DURATION", "MAN_DELTA_MASS", "MAN_REF_FRAME", "MAN_DV_1", "MAN_DV_2", "MAN_DV_3"];

    public static bool Knows(OdmKind kind, string keyword) => (kind == OdmKind.Opm ? Opm : Omm).Contains(keyword);

    public static bool IsRepeatable(string keyword) => keyword.StartsWith("MAN_", StringComparison.Ordinal);

    public static bool IsUserDefined(string keyword) => keyword.StartsWith("USER_DEFINED_", StringComparison.Ordinal);

    private static IEnumerable<(string, string)> CovarianceKeywords()
    {
        string[] axes = ["X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"];
        for (int row = 0; row < axes.Length; row++)
        for (int column = 0; column <= row; column++)
            yield return ($"C{axes[row]}_{axes[column]}", (row / 3 + column / 3) switch { 0 => "km**2", 1 => "km**2/s", _ => "km**2/s**2" });
    }
}

/// <summary>Which message of the family.</summary>
internal enum OdmKind
{
    /// <summary>Orbit parameter message: a state.</summary>
    Opm = 1,
    /// <summary>Orbit mean-elements message.</summary>
    Omm = 2,
}
