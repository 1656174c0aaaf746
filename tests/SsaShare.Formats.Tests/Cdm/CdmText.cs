using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>A conjunction data message of invented objects, with every keyword of version 1.0.</summary>
internal static class CdmText
{
    public static readonly string Whole = $"""
        CCSDS_CDM_VERS = 1.0
        COMMENT Of both
        CREATION_DATE = 2026-11-20T22:31:12.000
        ORIGINATOR = PACIFIC
        MESSAGE_FOR = SAT A
        MESSAGE_ID = 2026-1
        TCA = 2026-11-23T22:37:52.618
        MISS_DISTANCE = 715 [m]
        RELATIVE_SPEED = 14762 [m/s]
        RELATIVE_POSITION_R = 27.4 [m]
        RELATIVE_POSITION_T = -70.2 [m]
        RELATIVE_POSITION_N = 711.8 [m]
        RELATIVE_VELOCITY_R = -7.2 [m/s]
        RELATIVE_VELOCITY_T = -14692.0 [m/s]
        RELATIVE_VELOCITY_N = -1437.2 [m/s]
        START_SCREEN_PERIOD = 2026-11-20T18:29:32.212
        STOP_SCREEN_PERIOD = 2026-327T18:29:32.212
        SCREEN_VOLUME_FRAME = RTN
        SCREEN_VOLUME_SHAPE = ELLIPSOID
        SCREEN_VOLUME_X = 200 [m]
        SCREEN_VOLUME_Y = 1000 [m]
        SCREEN_VOLUME_Z = 1500 [m]
        SCREEN_ENTRY_TIME = 2026-11-23T22:37:52.222
        SCREEN_EXIT_TIME = 2026-11-23T22:37:52.824
        COLLISION_PROBABILITY = 4.835E-05
        COLLISION_PROBABILITY_METHOD = FOSTER-1992
        {Object("OBJECT1", "EME2000", 9)}
        {Object("OBJECT2", "GCRF", 6)}
        """;

    public static string Object(string name, string frame, int covarianceSize) => $"""
        OBJECT = {name}
        COMMENT Of {name}
        OBJECT_DESIGNATOR = 12345
        CATALOG_NAME = SATCAT
        OBJECT_NAME = SAT A
        INTERNATIONAL_DESIGNATOR = 1997-030E
        OBJECT_TYPE = PAYLOAD
        OPERATOR_CONTACT_POSITION = OSA
        OPERATOR_ORGANIZATION = ORG
        OPERATOR_PHONE = +1
        OPERATOR_EMAIL = A@B
        EPHEMERIS_NAME = NONE
        COVARIANCE_METHOD = CALCULATED
        MANEUVERABLE = YES
        ORBIT_CENTER = EARTH
        REF_FRAME = {frame}
        GRAVITY_MODEL = EGM-96: 36D 36O
        ATMOSPHERIC_MODEL = JACCHIA 70
        N_BODY_PERTURBATIONS = MOON, SUN
        SOLAR_RAD_PRESSURE = NO
        EARTH_TIDES = NO
        INTRACK_THRUST = NO
        TIME_LASTOB_START = 2026-11-20T02:14:12.746
        TIME_LASTOB_END = 2026-11-20T02:15:12.746
        RECOMMENDED_OD_SPAN = 7.88 [d]
        ACTUAL_OD_SPAN = 5.50 [d]
        OBS_AVAILABLE = 592
        OBS_USED = 579
        TRACKS_AVAILABLE = 123
        TRACKS_USED = 119
        RESIDUALS_ACCEPTED = 97.8 [%]
        WEIGHTED_RMS = 0.864
        AREA_PC = 5.2 [m**2]
        AREA_DRG = 4.8 [m**2]
        AREA_SRP = 5.1 [m**2]
        MASS = 251.6 [kg]
        CD_AREA_OVER_MASS = 0.045663 [m**2/kg]
        CR_AREA_OVER_MASS = 0.000012 [m**2/kg]
        THRUST_ACCELERATION = 0.25 [m/s**2]
        SEDR = 4.54570E-05 [W/kg]
        X = 2570.097065 [km]
        Y = 2244.654904 [km]
        Z = 6281.497978 [km]
        X_DOT = 4.418769571 [km/s]
        Y_DOT = 4.833547743 [km/s]
        Z_DOT = -3.526774282 [km/s]
        {Covariance(covarianceSize)}
        """;

    public static List<CdmItem> Read(byte[] bytes) => [.. new CdmReader(new MemoryStream(bytes), new CdmReadOptions { FileName = "test.cdm", Now = TestFiles.Now }).Read()];

    public static List<CdmItem> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>Entry n of the triangle is n, row by row from 1; without units, which may be left out.</summary>
    private static string Covariance(int size)
    {
        string[] names = ["R", "T", "N", "RDOT", "TDOT", "NDOT", "DRG", "SRP", "THR"];
        var text = new StringBuilder();
        for (int row = 0, n = 1; row < size; row++)
        for (int column = 0; column <= row; column++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"C{names[row]}_{names[column]} = {n++}\n");
        return text.ToString();
    }
}
