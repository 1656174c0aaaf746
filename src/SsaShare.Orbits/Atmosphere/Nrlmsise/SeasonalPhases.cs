using static SsaShare.Orbits.HorizontalBasis;

namespace SsaShare.Orbits;

/// <summary>The annual and semiannual waves of one set of coefficients on one day of the year.</summary>
internal readonly struct SeasonalPhases(double[] p, int dayOfYear)
{
    public double SymmetricAnnual { get; } = Wave(dayOfYear, p[32]);

    public double SymmetricSemiannual { get; } = Wave(2 * dayOfYear, 2 * p[18]);

    public double AsymmetricAnnual { get; } = Wave(dayOfYear, p[14]);

    public double AsymmetricSemiannual { get; } = Wave(2 * dayOfYear, 2 * p[39]);

    public static double Wave(double day, double phaseDay) => Math.Cos(RadPerDayOfYear * (day - phaseDay));
}
