using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli.Tests.Conjunctions;

/// <summary>A message of two objects in low orbit whose ways cross at right angles, one above the other; both errors are round.</summary>
internal static class CrossingMessage
{
    public const double RadiusM = 5, SigmaM = 500, MissM = 400;

    /// <param name="sigmaM">Of both errors together, in each axis.</param>
    public static string Text(Frame frame = Frame.Gcrf, double sigmaM = SigmaM, string created = "2024-10-30T00:00:00")
    {
        Assert.True(Utc.TryParse("2024-11-01T00:00:00", out var epoch));
        CartesianState first = new(epoch, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 7.5, 0)), second = new(epoch, Frame.Gcrf, new Vector3d(7_000 + MissM / 1e3, 0, 0), new Vector3d(0, 0, 7.5));
        return string.Create(CultureInfo.InvariantCulture, $"""
            CCSDS_CDM_VERS = 1.0
            CREATION_DATE = {created}
            ORIGINATOR = TEST
            MESSAGE_ID = 1
            TCA = 2024-11-01T00:00:00
            MISS_DISTANCE = {MissM} [m]
            RELATIVE_SPEED = 10607 [m/s]
            COMMENT HBR = {RadiusM} [m]
            {Object(1, first, frame, sigmaM)}
            {Object(2, second, frame, sigmaM)}

            """);
    }

    private static string Object(int number, CartesianState state, Frame frame, double sigmaM)
    {
        var shown = frame == Frame.Itrf ? new EarthRotation(EarthOrientation.Default.Extended()).ToItrf(state) : state;
        string[] axes = ["R", "T", "N", "RDOT", "TDOT", "NDOT"];
        var lines = new List<string>
        {
            $"OBJECT = OBJECT{number}", $"OBJECT_DESIGNATOR = 0000{number}", "CATALOG_NAME = SATCAT", $"OBJECT_NAME = A{number}", "INTERNATIONAL_DESIGNATOR = 2020-001A", "EPHEMERIS_NAME = NONE",
            "COVARIANCE_METHOD = CALCULATED", "MANEUVERABLE = N/A", $"REF_FRAME = {(frame == Frame.Itrf ? "ITRF" : "GCRF")}",
        };
        foreach (var (name, value) in new[] { ("X", shown.PositionKm.X), ("Y", shown.PositionKm.Y), ("Z", shown.PositionKm.Z) }) lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {value:F12} [km]"));
        foreach (var (name, value) in new[] { ("X_DOT", shown.VelocityKmPerS.X), ("Y_DOT", shown.VelocityKmPerS.Y), ("Z_DOT", shown.VelocityKmPerS.Z) }) lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {value:F15} [km/s]"));
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
        {
            // Half of the variance is each object's own.
            double value = row != column ? 0 : row < 3 ? sigmaM * sigmaM / 2 : 1e-4;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"C{axes[row]}_{axes[column]} = {value} [{(row < 3 ? "m**2" : column < 3 ? "m**2/s" : "m**2/s**2")}]"));
        }
        return string.Join('\n', lines);
    }
}
