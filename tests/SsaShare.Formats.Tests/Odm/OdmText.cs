using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Orbit messages as text, to be spoilt line by line.</summary>
internal static class OdmText
{
    public const string Opm = """
        CCSDS_OPM_VERS = 2.0
        CREATION_DATE = 2026-05-01T00:00:00
        ORIGINATOR = ATLANTIC
        COMMENT one state
        OBJECT_NAME = TESTSAT
        OBJECT_ID = 2020-001A
        CENTER_NAME = EARTH
        REF_FRAME = GCRF
        TIME_SYSTEM = UTC
        EPOCH = 2026-05-01T12:00:00.5
        X = 7000.0 [km]
        Y = 0.0 [km]
        Z = 0.0 [km]
        X_DOT = 0.0 [km/s]
        Y_DOT = 5.0 [km/s]
        Z_DOT = 5.5 [km/s]
        GM = 398600.4415 [km**3/s**2]
        MASS = 1000 [kg]
        USER_DEFINED_NOTE = anything
        """;

    public const string Omm = """
        CCSDS_OMM_VERS = 2.0
        CREATION_DATE = 2026-05-01T00:00:00
        ORIGINATOR = ATLANTIC
        OBJECT_NAME = TESTSAT
        OBJECT_ID = 2020-001A
        CENTER_NAME = EARTH
        REF_FRAME = TEME
        TIME_SYSTEM = UTC
        MEAN_ELEMENT_THEORY = SGP/SGP4
        EPOCH = 2026-121T12:00:00.5
        MEAN_MOTION = 15.5
        ECCENTRICITY = .0007
        INCLINATION = 51.64 [deg]
        RA_OF_ASC_NODE = 270
        ARG_OF_PERICENTER = -90
        MEAN_ANOMALY = 180
        EPHEMERIS_TYPE = 0
        CLASSIFICATION_TYPE = U
        NORAD_CAT_ID = 45001
        ELEMENT_SET_NO = 999
        REV_AT_EPOCH = 123
        BSTAR = .12E-3
        MEAN_MOTION_DOT = .15E-4
        MEAN_MOTION_DDOT = 0
        """;

    /// <summary>With all 21 entries in a frame; along-track the uncertain axis.</summary>
    public static string WithCovariance(string opm, string frame)
    {
        var text = new StringBuilder(opm).Append('\n');
        if (frame.Length > 0) text.Append("COV_REF_FRAME = ").Append(frame).Append('\n');
        string[] axes = ["X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"];
        double[] variances = [0.01, 4, 0.25, 1e-6, 2e-6, 3e-6];
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"C{axes[row]}_{axes[column]} = {(row == column ? variances[row] : 0)}\n");
        return text.ToString();
    }

    public static List<OdmItem> Read(string text, OdmReadOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static List<OdmItem> Read(byte[] bytes, OdmReadOptions? options = null)
        => [.. new OdmReader(new MemoryStream(bytes), options ?? new OdmReadOptions { FileName = "test.opm", Now = TestFiles.Now }).Read()];
}
