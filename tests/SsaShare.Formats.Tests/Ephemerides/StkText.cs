namespace SsaShare.Formats.Tests;

/// <summary>STK ephemeris files made for the tests; the orbits are invented.</summary>
internal static class StkText
{
    /// <summary>Version 12: acceleration, keywords of all kinds, boundaries, a covariance on six lines and one on one line.</summary>
    public const string Full = """
        stk.v.12.0
        # WrittenBy    a test
        BEGIN Ephemeris
            NumberOfEphemerisPoints	 3
            ScenarioEpoch	 31 Dec 2016 23:59:59.500000
            InterpolationMethod	 LagrangeVOP 3.986e+14
            InterpolationSamplesM1	 5
            CentralBody	 Earth
            CoordinateSystem	 TEMEOfDate  # as of SGP4
            CoordinateSystemEpoch	 1 Jan 2000 12:00:00.0
            TimeFormat EpSec
            BlockingFactor 20
            CovarianceFormat	 LowerTriangular
            BEGIN SegmentBoundaryTimes
                0.0
                1.5
            END SegmentBoundaryTimes
        EphemerisTimePosVelAcc
         0.0000000000000000e+00  6.6748417425211258e+06  2.0976535239773444e+05 0.0 3.5869204420498640e+01 -1.1413765915116562e+03 7.6408994231795341e+03 -1.0 0.5 .25
         7.5e-01  6.6748417425211258E+06  2.0976535239773444e+05 -0.0 3.5869204420498640e+01 -1.1413765915116562e+03 7.6408994231795341e+03 -1 0.5 0.25
        # between rows
         2.000000000000001  +6674841 209765 1 35 -1141 7640 -1 0.5 1e-20

        CovarianceTimePosVel
         0.0 1.0
         2.0 3.0
         4.0 5.0 6.0
         7.0 8.0 9.0 10.0
         11.0 12.0 13.0 14.0 15.0
         16.0 17.0 18.0 19.0 20.0 21.0
         2.0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21e-3
        END Ephemeris

        """;

    /// <summary>The smallest file.</summary>
    public static string With(string header, string rows)
        => $"stk.v.4.3\nBEGIN Ephemeris\nScenarioEpoch 1 Jun 2002 12:00:00.0\n{header}\n{rows}\nEND Ephemeris\n";
}
