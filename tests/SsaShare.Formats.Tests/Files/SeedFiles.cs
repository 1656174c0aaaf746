using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>A small valid file of each format: written by hand, or converted from one that is. What they say is invented.</summary>
internal static class SeedFiles
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["opm-kvn"] = OdmText.WithCovariance(OdmText.Opm.Split("GM = ")[0], "RTN"),
        ["omm-kvn"] = OdmText.Omm,
        ["tdm-kvn"] = """
            CCSDS_TDM_VERS = 2.0
            COMMENT invented
            CREATION_DATE = 2026-05-01T00:00:00
            ORIGINATOR = ATLANTIC
            META_START
            TIME_SYSTEM = UTC
            PARTICIPANT_1 = RADAR
            PARTICIPANT_2 = 45001
            MODE = SEQUENTIAL
            PATH = 1,2,1
            ANGLE_TYPE = AZEL
            RANGE_UNITS = km
            META_STOP
            DATA_START
            RANGE = 2026-04-30T12:00:00.5 900.125
            ANGLE_1 = 2026-04-30T12:00:00.5 359.5
            ANGLE_2 = 2026-04-30T12:00:00.5 4.5
            DATA_STOP
            """,
        ["oem-kvn"] = """
            CCSDS_OEM_VERS = 2.0
            CREATION_DATE = 2026-05-01T00:00:00
            ORIGINATOR = ATLANTIC
            META_START
            OBJECT_NAME = TESTSAT
            OBJECT_ID = 2020-001A
            CENTER_NAME = EARTH
            REF_FRAME = EME2000
            TIME_SYSTEM = UTC
            START_TIME = 2026-05-01T12:00:00
            STOP_TIME = 2026-05-01T12:02:00
            META_STOP
            COMMENT invented
            2026-05-01T12:00:00 7000.0 0.0 0.0 0.0 5.0 5.5
            2026-05-01T12:01:00 6990.0 300.0 330.0 -0.34 4.99 5.49
            2026-05-01T12:02:00 6960.0 600.0 660.0 -0.68 4.97 5.46
            COVARIANCE_START
            EPOCH = 2026-05-01T12:00:00
            COV_REF_FRAME = RTN
            1e-4
            0 1e-3
            0 0 1e-4
            0 0 0 1e-10
            0 0 0 0 1e-10
            0 0 0 0 0 1e-10
            COVARIANCE_STOP
            """,
        ["ocm-kvn"] = """
            CCSDS_OCM_VERS = 3.0
            CREATION_DATE = 2026-05-01T00:00:00
            ORIGINATOR = ATLANTIC
            META_START
            OBJECT_NAME = TESTSAT
            TIME_SYSTEM = UTC
            EPOCH_TZERO = 2026-05-01T12:00:00
            META_STOP
            TRAJ_START
            COMMENT invented
            CENTER_NAME = EARTH
            TRAJ_REF_FRAME = EFG
            TRAJ_TYPE = CARTPV
            2.789 2.8 -2800.0 -6800.0 5.0 0.1 0.2
            12.789 3.8 -2801.0 -6801.0 5.0 0.1 0.2
            TRAJ_STOP
            USER_START
            USER_DEFINED_NOTE = anything
            USER_STOP
            """,
        ["cdm-kvn"] = CdmText.Whole,
        ["rdm-kvn"] = """
            CCSDS_RDM_VERS = 1.0
            CREATION_DATE = 2026-05-01T00:00:00
            ORIGINATOR = ATLANTIC
            MESSAGE_ID = RDM-1
            OBJECT_NAME = TESTSAT
            INTERNATIONAL_DESIGNATOR = 2020-001A
            CONTROLLED_REENTRY = NO
            CENTER_NAME = EARTH
            TIME_SYSTEM = UTC
            EPOCH_TZERO = 2026-05-01T12:00:00
            ORBIT_LIFETIME = 23 [d]
            REENTRY_ALTITUDE = 80 [km]
            NOMINAL_REENTRY_EPOCH = 2026-05-23T12:00:00
            """,
        ["tle"] = """
            1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995
            2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468
            1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753
            2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
            """,
        ["iod"] = """
            12345 98 123A   2701 G 20200501012614270 17 25 1100114-184298 38 I+020 10
            12345 98 123A   2701 G 20200501012714270 17 25 1100214-184398 38 I+020 10
            """,
        ["b3"] = """
            U1234535495063013412512301234 1203456 12345602 0017910 00440 09728 00000  4 3   00000
            U1234535495063013502500301234 1203456 12355602 0017910 00440 09728 00000  4 3   00000
            """,
        ["crd"] = """
            H1 CRD  2 2020 05 01 12
            H2       TEST 1234 01 02  4 EUROLAS
            H3   testsat 2000101 1234    12345 0 1 1
            H4  1 2020 05 01 11 00 00 2020 05 01 11 10 00  0 0 0 0 1 0 2 0
            C0 0 532.000 std1
            60 std1 5 0
            11 39600.000123456789 0.046773104012 std1 2 120.0 15 63.0 0.1 -0.5 -1.0 12.0 0 0.0
            20 39600.000 1013.25 288.15 60 0
            11 39720.000123456789 0.046873104012 std1 2 120.0 15 63.0 0.1 -0.5 -1.0 12.0 0 0.0
            H8
            H9
            """,
        ["stk-e"] = """
            stk.v.11.0
            BEGIN Ephemeris
            NumberOfEphemerisPoints 3
            ScenarioEpoch 1 May 2020 00:00:00.000000
            InterpolationMethod Lagrange
            InterpolationSamplesM1 5
            CentralBody Earth
            CoordinateSystem J2000
            EphemerisTimePosVel
            0.0 7000000.0 0.0 0.0 0.0 5000.0 5500.0
            60.0 6990000.0 300000.0 330000.0 -340.0 4990.0 5490.0
            120.0 6960000.0 600000.0 660000.0 -680.0 4970.0 5460.0
            END Ephemeris
            """,
        ["cpf"] = """
            H1 CPF  2  AAA 2020 05 01 12 122 01 testsat 
            H2  2000101 1234    12345 2020 05 01 00 00 00 2020 05 01 01 00 00   300 1 1 0 0 0 1
            H9
            10 0 58970      0.000000  0   7000000.000   1000000.000    500000.000
            10 0 58970    300.000000  0   6500000.000   2500000.000    900000.000
            10 0 58970    600.000000  0   5500000.000   3900000.000   1300000.000
            99
            """,
    };

    public static byte[] Of(FileFormat format)
    {
        if (Texts.TryGetValue(format.Name, out string? text)) return Encoding.UTF8.GetBytes(text + "\n");
        // Of the same family first: they hold more of it.
        foreach (var (from, other) in Texts.Select(one => (From: FormatCatalog.Default.Find(one.Key)!, one.Value)).OrderBy(one => one.From.GetType() == format.GetType() ? 0 : 1))
        {
            if (!FormatCatalog.Default.TargetsOf(from).Contains(format)) continue;
            using var file = new MemoryStream();
            var conversion = new Conversion(FormatCatalog.Default, format, file, new FormatWriteOptions { FileName = "seed", Now = TestFiles.Now });
            using var source = FormatSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(other + "\n")));
            conversion.Add(new FileWork(source, from, new FormatReadOptions { FileName = "seed", Now = TestFiles.Now }, _ => { }), TestContext.Current.CancellationToken);
            conversion.Complete();
            if (conversion.Counts is { Refused: 0, Written: > 0 }) return file.ToArray();
        }
        throw new InvalidOperationException($"There is no small file of {format.Name}: write one here.");
    }
}
