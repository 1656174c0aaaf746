using System.Globalization;
using System.Text;

namespace SsaShare.Benchmarks;

/// <summary>CCSDS messages in KVN about objects that do not exist.</summary>
internal static class BenchMessages
{
    private static readonly DateTime Start = new(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>One segment of ranges, azimuths and elevations.</summary>
    public static IEnumerable<string> Tdm()
    {
        yield return "CCSDS_TDM_VERS = 2.0\nCREATION_DATE = 2026-05-01T00:00:00\nORIGINATOR = BENCH\nMETA_START\nTIME_SYSTEM = UTC\nPARTICIPANT_1 = RADAR\nPARTICIPANT_2 = 45001\nMODE = SEQUENTIAL\nPATH = 1,2,1\nANGLE_TYPE = AZEL\nRANGE_UNITS = km\nMETA_STOP\nDATA_START\n";
        var random = new Random(2);
        for (long i = 0; ; i++)
        {
            string time = Time(i * 0.1);
            yield return string.Create(CultureInfo.InvariantCulture, $"RANGE = {time} {700 + (random.NextDouble() * 2_000):F6}\nANGLE_1 = {time} {random.NextDouble() * 360:F5}\nANGLE_2 = {time} {random.NextDouble() * 90:F5}\n");
        }
    }

    /// <summary>Segments of 10,000 states with velocities.</summary>
    public static IEnumerable<string> Oem()
    {
        yield return "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2026-05-01T00:00:00\nORIGINATOR = BENCH\n";
        var random = new Random(3);
        for (int segment = 0; ; segment++)
        {
            double begin = segment * 600_000.0;
            yield return $"\nMETA_START\nOBJECT_NAME = TESTSAT\nOBJECT_ID = 2020-001A\nCENTER_NAME = EARTH\nREF_FRAME = EME2000\nTIME_SYSTEM = UTC\nSTART_TIME = {Time(begin)}\nSTOP_TIME = {Time(begin + 599_940)}\nINTERPOLATION = HERMITE\nINTERPOLATION_DEGREE = 7\nMETA_STOP\n\n";
            for (int i = 0; i < 10_000; i++)
                yield return string.Create(CultureInfo.InvariantCulture, $"{Time(begin + (i * 60.0))} {Km(random):F6} {Km(random):F6} {Km(random):F6} {KmPerS(random):F9} {KmPerS(random):F9} {KmPerS(random):F9}\n");
        }
    }

    public static IEnumerable<string> Omm()
    {
        var random = new Random(4);
        for (int i = 0; ; i++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"""
                CCSDS_OMM_VERS = 2.0
                CREATION_DATE = 2026-05-01T00:00:00
                ORIGINATOR = BENCH
                OBJECT_NAME = OBJECT {i % 90_000}
                OBJECT_ID = 2020-{1 + (i % 999):D3}A
                CENTER_NAME = EARTH
                REF_FRAME = TEME
                TIME_SYSTEM = UTC
                MEAN_ELEMENT_THEORY = SGP4
                EPOCH = {Time(random.Next(86_400 * 20) + random.NextDouble())}
                MEAN_MOTION = {1 + (random.NextDouble() * 14.5):F8}
                ECCENTRICITY = {random.NextDouble() * 0.2:F7}
                INCLINATION = {random.NextDouble() * 120:F4}
                RA_OF_ASC_NODE = {random.NextDouble() * 360:F4}
                ARG_OF_PERICENTER = {random.NextDouble() * 360:F4}
                MEAN_ANOMALY = {random.NextDouble() * 360:F4}
                EPHEMERIS_TYPE = 0
                CLASSIFICATION_TYPE = U
                NORAD_CAT_ID = {100_000_000 + i}
                ELEMENT_SET_NO = 999
                REV_AT_EPOCH = {random.Next(99_999)}
                BSTAR = {random.NextDouble() * 1e-3:E6}
                MEAN_MOTION_DOT = {random.NextDouble() * 1e-4:E6}
                MEAN_MOTION_DDOT = 0

                """);
        }
    }

    public static IEnumerable<string> Cdm()
    {
        var random = new Random(5);
        for (int i = 0; ; i++)
        {
            double tca = random.Next(86_400 * 20) + random.NextDouble();
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"CCSDS_CDM_VERS = 1.0\nCREATION_DATE = 2026-05-01T00:00:00\nORIGINATOR = BENCH\nMESSAGE_ID = BENCH-{i}\nTCA = {Time(tca)}\nMISS_DISTANCE = {random.Next(5_000)} [m]\nRELATIVE_SPEED = {random.Next(15_000)} [m/s]\nCOLLISION_PROBABILITY = {random.NextDouble() * 1e-4:E3}\nCOLLISION_PROBABILITY_METHOD = FOSTER-1992\n");
            for (int one = 1; one <= 2; one++)
            {
                text.Append(CultureInfo.InvariantCulture, $"OBJECT = OBJECT{one}\nOBJECT_DESIGNATOR = {10_000 + random.Next(80_000)}\nCATALOG_NAME = SATCAT\nOBJECT_NAME = OBJECT {random.Next(80_000)}\nINTERNATIONAL_DESIGNATOR = 2020-001A\nEPHEMERIS_NAME = NONE\nCOVARIANCE_METHOD = CALCULATED\nMANEUVERABLE = NO\nREF_FRAME = ITRF\n");
                foreach (string axis in new[] { "X", "Y", "Z" }) text.Append(CultureInfo.InvariantCulture, $"{axis} = {Km(random):F6} [km]\n");
                foreach (string axis in new[] { "X_DOT", "Y_DOT", "Z_DOT" }) text.Append(CultureInfo.InvariantCulture, $"{axis} = {KmPerS(random):F9} [km/s]\n");
                string[] axes = ["R", "T", "N", "RDOT", "TDOT", "NDOT"];
                for (int row = 0; row < 6; row++)
                    for (int column = 0; column <= row; column++)
                        text.Append(CultureInfo.InvariantCulture, $"C{axes[row]}_{axes[column]} = {(row == column ? 1 : 0.01) * random.NextDouble():E12} [{(row < 3 ? "m**2" : column < 3 ? "m**2/s" : "m**2/s**2")}]\n");
            }
            yield return text.ToString();
        }
    }

    /// <param name="seconds">Since the first of May.</param>
    private static string Time(double seconds) => Start.AddTicks((long)(seconds * 1e6) * 10).ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static double Km(Random random) => (random.NextDouble() - 0.5) * 14_000;

    private static double KmPerS(Random random) => (random.NextDouble() - 0.5) * 14;
}
