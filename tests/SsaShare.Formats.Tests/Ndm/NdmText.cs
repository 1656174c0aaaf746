namespace SsaShare.Formats.Tests;

/// <summary>Messages of invented objects, to be spoilt line by line.</summary>
internal static class NdmText
{
    public const string Opm = """
        CCSDS_OPM_VERS = 3.0
        COMMENT header
        CREATION_DATE = 2026-05-01T00:00:00
        ORIGINATOR = ATLANTIC
        OBJECT_NAME = TESTSAT
        OBJECT_ID = 2020-001A
        CENTER_NAME = EARTH
        REF_FRAME = GCRF
        TIME_SYSTEM = UTC
        COMMENT state
        EPOCH = 2026-05-01T12:00:00.5
        X = 7000.0 [km]
        Y = 0.0 [km]
        Z = 0.0 [km]
        X_DOT = 0.0 [km/s]
        Y_DOT = 5.0 [km/s]
        Z_DOT = 5.5 [km/s]
        MASS = 1000 [kg]
        MAN_EPOCH_IGNITION = 2026-05-02T00:00:00
        MAN_DURATION = 0
        MAN_REF_FRAME = RTN
        MAN_DV_1 = 0.001
        MAN_DV_2 = -1E-3 [km/s]
        MAN_DV_3 = +.5
        COMMENT the second
        MAN_EPOCH_IGNITION = 2026-05-03T00:00:00
        MAN_DURATION = 10
        MAN_DELTA_MASS = -1.5
        MAN_REF_FRAME = RTN
        MAN_DV_1 = 0
        MAN_DV_2 = 0
        MAN_DV_3 = 0
        USER_DEFINED_NOTE = anything [at all]
        """;

    public const string Oem = """
        CCSDS_OEM_VERS = 3.0
        CREATION_DATE = 2026-05-01T00:00:00
        ORIGINATOR = ATLANTIC
        META_START
        OBJECT_NAME = TESTSAT
        OBJECT_ID = 2020-001A
        CENTER_NAME = EARTH
        REF_FRAME = GCRF
        TIME_SYSTEM = UTC
        START_TIME = 2026-05-01T00:00:00
        STOP_TIME = 2026-05-01T00:02:00
        META_STOP
        COMMENT data
        2026-05-01T00:00:00 7000 0 0 0 5 5.5
        2026-05-01T00:01:00   7001.5 0 -1e-3 0 5	5.5
        2026-05-01T00:02:00 7002 0 0 0 5 5.5 0.1 0.2 0.3
        COVARIANCE_START
        EPOCH = 2026-05-01T00:00:00
        COV_REF_FRAME = RTN
        1
        2 3
        4 5 6
        7 8 9 10
        11 12 13 14 15
        16 17 18 19 20 21
        EPOCH = 2026-05-01T00:01:00
        1
        2 3
        4 5 6
        7 8 9 10
        11 12 13 14 15
        16 17 18 19 20 22
        COVARIANCE_STOP
        """;

    public const string Tdm = """
        CCSDS_TDM_VERS = 2.0
        CREATION_DATE = 2026-05-01T00:00:00
        ORIGINATOR = ATLANTIC
        META_START
        TIME_SYSTEM = UTC
        PARTICIPANT_1 = RADAR
        PARTICIPANT_2 = TESTSAT
        MODE = SEQUENTIAL
        PATH = 1,2,1
        RANGE_UNITS = km
        ANGLE_TYPE = AZEL
        META_STOP
        DATA_START
        COMMENT data
        RANGE = 2026-05-01T00:00:00 2000.5
        ANGLE_1 = 2026-05-01T00:00:00 10
        ANGLE_2 = 2026-05-01T00:00:00 45.25
        RANGE = 2026-05-01T00:00:10 2001
        ANGLE_1 = 2026-05-01T00:00:10 11
        ANGLE_2 = 2026-05-01T00:00:10 46
        DATA_STOP
        """;

    public const string Ocm = """
        CCSDS_OCM_VERS = 3.0
        CREATION_DATE = 2026-05-01T00:00:00
        ORIGINATOR = ATLANTIC
        META_START
        OBJECT_NAME = TESTSAT
        TIME_SYSTEM = UTC
        EPOCH_TZERO = 2026-05-01T00:00:00
        META_STOP
        TRAJ_START
        CENTER_NAME = EARTH
        TRAJ_REF_FRAME = GCRF
        TRAJ_TYPE = CARTPV
        TRAJ_UNITS = [km, km, km, km/s, km/s, km/s]
        0.0 7000 0 0 0 5 5.5
        2026-05-01T00:00:10 7001 0 0 0 5 5.5
        20 7002 0 0 0 5 5.5
        TRAJ_STOP
        PHYS_START
        WET_MASS = 100 [kg]
        PHYS_STOP
        COV_START
        COV_TYPE = CARTP
        COV_ORDERING = LTM
        0.0 1 2 3 4 5 6
        COV_STOP
        MAN_START
        MAN_ID = 1
        MAN_DEVICE_ID = THR
        MAN_COMPOSITION = TIME_RELATIVE, MAN_DURA, THR_X, THR_INTERP
        MAN_UNITS = [s, N, n/a]
        5.0 10 0.5 ON
        MAN_STOP
        USER_START
        USER_DEFINED_MODEL = WGS-84
        USER_STOP
        """;

    public const string Rdm = """
        CCSDS_RDM_VERS = 1.0
        CREATION_DATE = 2026-05-01T00:00:00
        ORIGINATOR = ATLANTIC
        MESSAGE_ID = 1
        OBJECT_NAME = TESTSAT
        INTERNATIONAL_DESIGNATOR = 2020-001A
        CONTROLLED_REENTRY = NO
        CENTER_NAME = EARTH
        TIME_SYSTEM = UTC
        EPOCH_TZERO = 2026-05-01T00:00:00
        REF_FRAME = EME2000
        ORBIT_LIFETIME = 5.5 [d]
        REENTRY_ALTITUDE = 80 [km]
        EPOCH = 2026-05-01T00:00:00
        X = 4000
        Y = 4000
        Z = 4000
        X_DOT = 7
        Y_DOT = 7
        Z_DOT = 7
        WET_MASS = 3582 [kg]
        """;

    /// <summary>One of each kind.</summary>
    public static IReadOnlyList<(string Kind, string Text)> All { get; } = [("opm", Opm), ("omm", OdmText.Omm), ("oem", Oem), ("tdm", Tdm), ("ocm", Ocm), ("rdm", Rdm), ("cdm", CdmText.Whole)];

    public static string Of(string kind) => All.First(one => one.Kind == kind).Text;
}
