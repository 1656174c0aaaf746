namespace SsaShare.Formats.Tests;

/// <summary>SP3 files made for the tests after the standard's columns; the orbits are invented.</summary>
internal static class Sp3Text
{
    /// <summary>Version d: two systems, accuracies, flags, a missing position and clock.</summary>
    public const string D = """
        #dP2024  6 30 23 45  0.00000000       2 u+U   IGS20 FIT  SSA
        ## 2321  85500.00000000   900.00000000 60491 0.9895833333333
        +    3   G01R07E11  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         7  8  6  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        %c M  cc GPS ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
        %c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
        %f  1.2500000  1.025000000  0.00000000000  0.000000000000000
        %f  0.0000000  0.000000000  0.00000000000  0.000000000000000
        %i    0    0    0    0      0      0      0      0         0
        %i    0    0    0    0      0      0      0      0         0
        /* invented for a test, after the columns of the standard
        /* second comment
        /* third comment that is longer than version c allows, as d has eighty columns
        /* PCV:IGS20      OL/AL:FES2014b NONE     YN CLK:CoN ORB:CoN
        *  2024  6 30 23 45  0.00000000
        PG01 -11044.805800 -10475.672350  21929.418200    189.163300 18 18 18 219 EP  MP
        PR07      0.000000      0.000000      0.000000 999999.999999
        PE11  -12593.59360  10170.327650 -20354.534400    -55.976000  6  6
        *  2024  7  1  0  0  0.00000000
        PG01 -11044.805801 -10475.672351  21929.418201    189.163301 18 18 18 219       
        PR07 -12593.593600  10170.327650 -20354.534400 999999.999999
        PE11 -12593.593601  10170.327651 -20354.534401    -55.976001                   P
        EOF

        """;

    /// <summary>Version c: UTC, velocities, accuracies and correlations.</summary>
    public const string C = """
        #cV2016 12 31 23 59 59.00000000       2 SLR   ITRF  FIT ILRS
        ## 1930 604799.00000000     1.00000000 57753 0.9999884259259
        +    1   L51  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        %c L  cc UTC ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
        %c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
        %f  1.2500000  1.025000000  0.00000000000  0.000000000000000
        %f  0.0000000  0.000000000  0.00000000000  0.000000000000000
        %i    0    0    0    0      0      0      0      0         0
        %i    0    0    0    0      0      0      0      0         0
        /* invented for a test, with a leap second
        *  2016 12 31 23 59 59.00000000
        PL51   7526.994072  -9646.309832   1464.110239 999999.999999 10  9 11
        EP    55   55   55     222  1234567 -1234567  5999999      -30       21 -1230000
        VL51  30337.940000  17152.650000 -44476.590000 999999.999999 14 14 14
        EV    22   22   22     111  1234567  1234567  1234567  1234567  1234567  1234567
        *  2016 12 31 23 59 60.00000000
        PL51   7526.994073  -9646.309833   1464.110240 999999.999999
        VL51  30337.940001  17152.650001 -44476.590001      1.234567
        EOF

        """;

    /// <summary>Version a: satellites by number, four comments, no clock in one record.</summary>
    public const string A = """
        #aP1994 12 17  0  0  0.00000000       2   d   ITR92 FIT  NGS
        ##  779 518400.00000000   900.00000000 49703 0.0000000000000
        +    2     1  2  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        +          0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         6  6  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        ++         0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0  0
        %c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
        %c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc
        %f    0.0000000  0.000000000  0.00000000000  0.000000000000000
        %f    0.0000000  0.000000000  0.00000000000  0.000000000000000
        %i    0    0    0    0      0      0      0      0         0
        %i    0    0    0    0      0      0      0      0         0
        /* CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
        /* CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
        /* CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
        /* CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC
        *  1994 12 17  0  0  0.00000000
        P  1  16258.524750  -3529.015750 -20611.427050    -62.540600
        P  2 -21998.652100  -8922.093550 -12229.824050
        *  1994 12 17  0 15  0.00000000
        P  1  16258.524751  -3529.015751 -20611.427051    -62.540601
        P  2 -21998.652101  -8922.093551 -12229.824051 999999.999999
        EOF

        """;
}
