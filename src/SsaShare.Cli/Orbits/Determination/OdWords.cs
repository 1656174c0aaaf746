using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Kinds of measurement as output names them, in units for people.</summary>
internal static class OdWords
{
    private const double DegPerRad = 180 / Math.PI, MetresPerKm = 1_000;

    public static string Name(MeasurementKind kind) => kind switch
    {
        MeasurementKind.Range => "range",
        MeasurementKind.Azimuth => "azimuth",
        MeasurementKind.Elevation => "elevation",
        MeasurementKind.RangeRate => "range_rate",
        MeasurementKind.RightAscension => "right_ascension",
        _ => "declination",
    };

    public static string Name(FirstOrbitMethod method) => method switch
    {
        FirstOrbitMethod.RadarPass => "positions of a pass (Gibbs, Herrick and Gibbs)",
        FirstOrbitMethod.TwoPositions => "two positions (Lambert)",
        _ => "three lines of sight (Gauss, Gooding)",
    };

    public static string Unit(MeasurementKind kind) => kind switch { MeasurementKind.Range => "m", MeasurementKind.RangeRate => "m/s", _ => "deg" };

    /// <summary>From km, km/s and rad.</summary>
    public static double Scale(MeasurementKind kind) => kind is MeasurementKind.Range or MeasurementKind.RangeRate ? MetresPerKm : DegPerRad;

    /// <summary>Decimals that tell something.</summary>
    public static int Decimals(MeasurementKind kind) => kind switch { MeasurementKind.Range => 3, MeasurementKind.RangeRate => 4, _ => 5 };
}
