using System.Collections.Frozen;

namespace SsaShare.Formats;

/// <summary>Types of trajectories and covariances of the registry of orbital elements (SANA), and the parts of manoeuvres (502.0-B-3 table 6-8), with their units.</summary>
internal static class OcmElements
{
    private static readonly FrozenDictionary<string, string[]> Types = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["ADBARV"] = ["deg", "deg", "deg", "deg", "km", "km/s"],
        ["CARTP"] = ["km", "km", "km"],
        ["CARTPV"] = ["km", "km", "km", "km/s", "km/s", "km/s"],
        ["CARTPVA"] = ["km", "km", "km", "km/s", "km/s", "km/s", "km/s**2", "km/s**2", "km/s**2"],
        ["DELAUNAY"] = ["deg", "deg", "deg", "km**2/s", "km**2/s", "km**2/s"],
        ["DELAUNAYMOD"] = ["deg", "deg", "deg", "km**2/s", "km**2/s", "km**2/s"],
        ["EIGVAL3EIGVEC3"] = ["km", "km", "km", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a"],
        ["EQUINOCTIAL"] = ["km", "n/a", "n/a", "n/a", "n/a", "deg"],
        ["EQUINOCTIALMOD"] = ["km", "n/a", "n/a", "n/a", "n/a", "deg"],
        ["GEODETIC"] = ["deg", "deg", "deg", "deg", "km", "km/s"],
        ["KEPLERIAN"] = ["km", "n/a", "deg", "deg", "deg", "deg"],
        ["KEPLERIANMEAN"] = ["km", "n/a", "deg", "deg", "deg", "deg"],
        ["LDBARV"] = ["deg", "deg", "deg", "deg", "km", "km/s"],
        ["ONSTATION"] = ["km", "n/a", "n/a", "n/a", "n/a", "deg"],
        ["POINCARE"] = ["deg", "deg", "deg", "km**2/s", "km**2/s", "km**2/s"],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["MAN_DURA"] = "s", ["DELTA_MASS"] = "kg",
        ["ACC_X"] = "km/s**2", ["ACC_Y"] = "km/s**2", ["ACC_Z"] = "km/s**2", ["ACC_INTERP"] = "n/a", ["ACC_MAG_SIGMA"] = "%", ["ACC_DIR_SIGMA"] = "deg",
        ["DV_X"] = "km/s", ["DV_Y"] = "km/s", ["DV_Z"] = "km/s", ["DV_MAG_SIGMA"] = "%", ["DV_DIR_SIGMA"] = "deg",
        ["THR_X"] = "N", ["THR_Y"] = "N", ["THR_Z"] = "N", ["THR_EFFIC"] = "n/a", ["THR_INTERP"] = "n/a", ["THR_ISP"] = "s", ["THR_MAG_SIGMA"] = "%", ["THR_DIR_SIGMA"] = "deg",
        ["DEPLOY_ID"] = "n/a", ["DEPLOY_DV_X"] = "km/s", ["DEPLOY_DV_Y"] = "km/s", ["DEPLOY_DV_Z"] = "km/s", ["DEPLOY_MASS"] = "kg", ["DEPLOY_DV_SIGMA"] = "%", ["DEPLOY_DIR_SIGMA"] = "deg",
        ["DEPLOY_DV_RATIO"] = "n/a", ["DEPLOY_DV_CDA"] = "m**2",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Units of the elements of a type; null where the registry has none of that name.</summary>
    public static string[]? UnitsOf(string type) => Types.GetValueOrDefault(type);

    /// <summary>The unit of a part of a manoeuvre; null where there is none of that name.</summary>
    public static string? UnitOfPart(string part) => Parts.GetValueOrDefault(part);

    /// <summary>The parts that are no numbers.</summary>
    public static bool IsText(string part) => part.Equals("DEPLOY_ID", StringComparison.OrdinalIgnoreCase) || IsSwitch(part);

    public static bool IsSwitch(string part) => part.EndsWith("_INTERP", StringComparison.OrdinalIgnoreCase);

    /// <summary>The names in a list such as [km, km/s] or km, km/s.</summary>
    public static string[] List(string text) => text.Trim().TrimStart('[').TrimEnd(']').Split(',', StringSplitOptions.TrimEntries);
}
