namespace SsaShare.Orbits;

/// <summary>A first-order Gauss-Markov process about zero: an error that forgets itself.</summary>
/// <param name="Sigma">Standard deviation once it is stationary, in the unit of what it describes; 0 or more.</param>
/// <param name="TimeConstantS">Time in which the correlation falls to 1/e, s; positive infinity for a constant.</param>
/// <remarks>Tapley, Schutz and Born, Statistical Orbit Determination (2004), section 4.9: exp(-Δt/τ), and the variance σ²(1 - exp(-2Δt/τ)) that is new after Δt.</remarks>
public readonly record struct GaussMarkov(double Sigma, double TimeConstantS)
{
    /// <summary>A constant that is known: no process at all.</summary>
    public static GaussMarkov None { get; } = new(0, double.PositiveInfinity);

    /// <summary>Correlation with itself after a time, 0 to 1.</summary>
    /// <param name="seconds">0 or more.</param>
    public double Decay(double seconds) => Math.Exp(-seconds / TimeConstantS);

    /// <summary>Standard deviation of what is new after a time, in the unit of <see cref="Sigma"/>.</summary>
    /// <param name="seconds">0 or more.</param>
    public double NewSigma(double seconds) => Sigma * Math.Sqrt(Forgotten(2 * seconds / TimeConstantS));

    /// <summary>Mean over a time of what is left of a unit at its start, 0 to 1.</summary>
    internal double MeanDecay(double seconds)
    {
        double x = seconds / TimeConstantS;
        return x == 0 ? 1 : Forgotten(x) / x;
    }

    /// <summary>1 - exp(-x) without cancellation.</summary>
    private static double Forgotten(double x) => x < 1e-4 ? x * (1 - x / 2 * (1 - x / 3)) : 1 - Math.Exp(-x);
}
