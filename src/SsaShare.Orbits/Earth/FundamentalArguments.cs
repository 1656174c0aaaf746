namespace SsaShare.Orbits;

/// <summary>The arguments of nutation theory: five of the Sun and Moon, eight planetary longitudes, general precession.</summary>
/// <remarks>IERS Conventions (2010), section 5.7, equations 5.43 and 5.44.</remarks>
internal static class FundamentalArguments
{
    public const int Count = 14;

    private const double RadPerArcsecond = Math.PI / 648_000.0;
    private const double ArcsecondsPerTurn = 1_296_000.0;

    private static readonly double[][] LunisolarArcseconds =
    [
        [485_868.249036, 1_717_915_923.2178, 31.8792, 0.051635, -0.00024470],
        [1_287_104.793048, 129_596_581.0481, -0.5532, 0.000136, -0.00001149],
        [335_779.526232, 1_739_527_262.8478, -12.7512, -0.001037, 0.00000417],
        [1_072_260.703692, 1_602_961_601.2090, -6.3706, 0.006593, -0.00003169],
        [450_160.398036, -6_962_890.5431, 7.4722, 0.007702, -0.00005939],
    ];

    private static readonly (double AtJ2000Rad, double RadPerCentury)[] Planets =
    [
        (4.402608842, 2608.7903141574), (3.176146697, 1021.3285546211), (1.753470314, 628.3075849991), (6.203480913, 334.0612426700),
        (0.599546497, 52.9690962641), (0.874016757, 21.3299104960), (5.481293872, 7.4781598567), (5.311886287, 3.8133035638),
    ];

    /// <param name="t">Julian centuries of TT (in place of TDB) since J2000.0.</param>
    /// <param name="rad">14 entries: l, l', F, D, Ω, Mercury to Neptune, p_A.</param>
    public static void At(double t, Span<double> rad)
    {
        for (int i = 0; i < 5; i++)
        {
            double arcseconds = 0;
            for (int j = 4; j >= 0; j--) arcseconds = arcseconds * t + LunisolarArcseconds[i][j];
            rad[i] = arcseconds % ArcsecondsPerTurn * RadPerArcsecond;
        }
        for (int i = 0; i < Planets.Length; i++)
            rad[5 + i] = (Planets[i].AtJ2000Rad + Planets[i].RadPerCentury * t) % Math.Tau;
        rad[13] = (0.02438175 + 0.00000538691 * t) * t;
    }
}
