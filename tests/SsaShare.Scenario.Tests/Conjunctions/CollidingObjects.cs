using System.Globalization;
using System.Text;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Scenario.Tests.Conjunctions;

/// <summary>
/// Three objects in low orbits. The first two are at their perigees, of one height, and at their ascending nodes at one instant, 60 and 120 degrees inclined: what the theory adds to mean elements is nearly the same
/// for both there. The third passes the first 200 m away two hours later, in another plane. Their periods differ, so that none meets another twice within days.
/// </summary>
/// <param name="node">When the first two meet: whole seconds.</param>
internal sealed class CollidingObjects(DateTimeOffset node)
{
    public const string First = "90001", Second = "90002", Third = "90003";

    private const double PassHours = 2, MissKm = 0.2, TurnRad = 0.7, Faster = 1.01;

    /// <summary>When the third passes the first.</summary>
    public DateTimeOffset Pass => node.AddHours(PassHours);

    public byte[] FirstElements() => Omm(First, 60, MeanMotion, Eccentricity);

    public byte[] SecondElements() => Omm(Second, 120, OtherMeanMotion, 1 - (1 - Eccentricity) * Math.Pow(OtherMeanMotion / MeanMotion, 2.0 / 3));

    /// <summary>A state with a covariance, of the instant of passing.</summary>
    public byte[] ThirdState()
    {
        var elements = new ElementSet(First, Utc.FromDateTime(node), MeanMotion, Eccentricity, 60 * Math.PI / 180, 1, 0, 0, 0, 0, 0);
        if (!new Sgp4Propagator(elements).TryPropagate(Utc.FromDateTime(Pass), out var teme, out var error)) throw new InvalidOperationException(error.Describe());
        var state = Fk5.TemeToGcrf(teme);
        Vector3d radial = state.PositionKm.Unit(), along = state.VelocityKmPerS.Unit(), across = radial.Cross(along).Unit();
        // Above the first object, and on a plane that is turned about the radius.
        var position = state.PositionKm + MissKm * radial;
        var velocity = Faster * state.VelocityKmPerS.Norm * (Math.Cos(TurnRad) * along + Math.Sin(TurnRad) * across);
        var text = new StringBuilder();
        text.AppendLine("CCSDS_OPM_VERS = 2.0").AppendLine($"CREATION_DATE = {Time(node.AddDays(-1))}").AppendLine("ORIGINATOR = TEST").AppendLine($"OBJECT_NAME = OBJECT {Third}").AppendLine($"OBJECT_ID = {Third}")
            .AppendLine("CENTER_NAME = EARTH").AppendLine("REF_FRAME = GCRF").AppendLine("TIME_SYSTEM = UTC").AppendLine($"EPOCH = {Time(Pass)}");
        foreach (var (name, value) in new[] { ("X", position.X), ("Y", position.Y), ("Z", position.Z), ("X_DOT", velocity.X), ("Y_DOT", velocity.Y), ("Z_DOT", velocity.Z) })
            text.AppendLine(CultureInfo.InvariantCulture, $"{name} = {value:F9}");
        string[] axes = ["X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"];
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
            text.AppendLine(CultureInfo.InvariantCulture, $"C{axes[row]}_{axes[column]} = {(row != column ? 0 : row < 3 ? 0.04 : 1e-8):E6}");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private const double MeanMotion = 15, OtherMeanMotion = 14.8, Eccentricity = 0.001;

    private byte[] Omm(string number, double inclinationDeg, double meanMotion, double eccentricity)
        => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            [{"OBJECT_NAME":"OBJECT {{number}}","OBJECT_ID":"2026-001A","EPOCH":"{{Time(node)}}","MEAN_MOTION":{{meanMotion}},"ECCENTRICITY":{{eccentricity:F7}},"INCLINATION":{{inclinationDeg}},
            "RA_OF_ASC_NODE":{{180 / Math.PI:F9}},"ARG_OF_PERICENTER":0,"MEAN_ANOMALY":0,"EPHEMERIS_TYPE":0,"CLASSIFICATION_TYPE":"U","NORAD_CAT_ID":{{number}},"ELEMENT_SET_NO":1,"REV_AT_EPOCH":1,
            "BSTAR":0,"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}]
            """));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
