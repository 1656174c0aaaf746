namespace SsaShare.Orbits;

/// <summary>
/// Polynomials for sine, cosine and arc tangent in x², interpolated at the Chebyshev nodes of their ranges with 50 digits and rounded. Their own error
/// is under 6e-17, what comes out in double under 3e-16.
/// </summary>
internal static class Polynomials
{
    /// <summary>1.5 · 2^52: adding it rounds to an integer, whose low bits are then those of the sum.</summary>
    public const double RoundingShift = 6_755_399_441_055_744.0;

    public const double TwoOverPi = 0.6366197723675814, HalfPi = 1.5707963267948966, HalfPiRest = 6.123233995736766e-17;

    // On -π/4 to π/4: sin x = x + x³ S(x²), cos x = 1 - x²/2 + x⁴ C(x²).
    public const double S0 = -0.16666666666666666, S1 = 0.008333333333330948, S2 = -0.00019841269836756774, S3 = 2.7557316101617874e-06, S4 = -2.505113165023518e-08, S5 = 1.5918115263265974e-10;
    public const double C0 = 0.041666666666666664, C1 = -0.0013888888888887398, C2 = 2.480158729876456e-05, C3 = -2.7557317271145144e-07, C4 = 2.087614614655861e-09, C5 = -1.1382623647474604e-11;

    /// <summary>Turns up to this, rad, take the shorter polynomials.</summary>
    public const double SmallTurn = 0.125;

    // On -1/8 to 1/8.
    public const double SmallS0 = -0.16666666666666666, SmallS1 = 0.008333333333309446, SmallS2 = -0.0001984126907687799, SmallS3 = 2.754949151820351e-06;
    public const double SmallC0 = 0.04166666666663382, SmallC1 = -0.00138888885105114, SmallC2 = 2.479512941491486e-05;

    // On -tan π/8 to tan π/8: atan x = x + x³ A(x²).
    public const double TanEighthPi = 0.41421356237309503;
    public const double A0 = -0.3333333333333324, A1 = 0.1999999999989756, A2 = -0.1428571426595293, A3 = 0.11111109627206857, A4 = -0.09090852255728335;
    public const double A5 = 0.0769104971487617, A6 = -0.06649556219483789, A7 = 0.057359799104905136, A8 = -0.04482174587127949, A9 = 0.022734660289432312;
}
