using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The frequency dependence of the Love numbers of degree 2: what single tides add to the harmonics.</summary>
/// <remarks>IERS Conventions (2010), tables 6.5a (diurnal, from 5e-13) and 6.5b (of long period, from 5e-13), equation 6.8.</remarks>
internal static class TidalFrequencies
{
    // Multipliers of l l' F D Ω; amplitudes in phase and out of phase, 1e-12.
    private static readonly (int[] Multipliers, double In, double Out)[] Diurnal =
    [
        ([1, 0, 2, 0, 2], -0.7, 0.1), ([0, 0, 2, 0, 1], -1.3, 0.1), ([0, 0, 2, 0, 2], -6.8, 0.6), ([1, 0, 0, 0, 0], 1.3, -0.1),
        ([0, 1, 2, -2, 2], -1.9, 0.1), ([0, 0, 2, -2, 1], 0.5, 0), ([0, 0, 2, -2, 2], -43.4, 2.9), ([0, -1, 2, -2, 2], 0.6, 0), ([0, 1, 0, 0, 0], 1.6, -0.1),
        ([0, 0, 0, 0, -1], -8.8, 0.5), ([0, 0, 0, 0, 0], 470.9, -30.2), ([0, 0, 0, 0, 1], 68.1, -4.6), ([0, 0, 0, 0, 2], -1.6, 0.1),
        ([0, -1, 0, 0, 0], -20.6, -0.3), ([0, 0, -2, 2, -2], -5.0, 0.3), ([1, 0, 0, -2, 0], -0.5, 0), ([-1, 0, 0, 0, 0], -2.1, 0.1), ([0, 0, -2, 0, -2], -0.6, 0),
    ];

    private static readonly (int[] Multipliers, double In, double Out)[] Long =
    [
        ([0, 0, 0, 0, 1], 16.6, -6.7), ([0, -1, 0, 0, 0], -1.2, 0.8), ([0, 0, -2, 2, -2], -5.5, 4.3), ([1, 0, 0, -2, 0], -0.3, 0.7), ([-1, 0, 0, 0, 0], -1.2, 3.7),
        ([0, 0, 0, -2, 0], 0, 0.6), ([0, 0, -2, 0, -2], 0.6, 6.3), ([0, 0, -2, 0, -1], 0.2, 2.6), ([-1, 0, -2, 0, -2], 0.4, 1.1), ([-1, 0, -2, 0, -1], 0.2, 0.5),
    ];

    /// <summary>C20; and the real and imaginary part of the diurnal sum, free of sidereal time.</summary>
    /// <remarks>Sidereal time plus π turns that sum; its imaginary part is then C21, its real part S21.</remarks>
    public static (double C20, double Real, double Imaginary) At(Epoch epoch)
    {
        Span<double> arguments = stackalloc double[FundamentalArguments.Count];
        FundamentalArguments.At(epoch.TtCenturiesSinceJ2000, arguments);
        double c20 = 0, real = 0, imaginary = 0;
        foreach (var (multipliers, inPhase, outOfPhase) in Long)
        {
            var (sin, cos) = Math.SinCos(-Sum(multipliers, arguments));
            c20 += inPhase * cos - outOfPhase * sin;
        }
        foreach (var (multipliers, inPhase, outOfPhase) in Diurnal)
        {
            var (sin, cos) = Math.SinCos(-Sum(multipliers, arguments));
            real += inPhase * cos - outOfPhase * sin;
            imaginary += inPhase * sin + outOfPhase * cos;
        }
        return (1e-12 * c20, 1e-12 * real, 1e-12 * imaginary);
    }

    private static double Sum(int[] multipliers, ReadOnlySpan<double> arguments)
    {
        double sum = 0;
        for (int i = 0; i < multipliers.Length; i++) sum += multipliers[i] * arguments[i];
        return sum;
    }
}
