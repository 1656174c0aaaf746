namespace SsaShare.Orbits;

/// <summary>One gas: its base, how it mixes below the turbopause, and the corrections for chemistry.</summary>
/// <param name="Lane">Of its expansion.</param>
/// <param name="Mass">Atomic mass units.</param>
/// <param name="ThermalDiffusion">α.</param>
/// <param name="LogBase">Logarithm of the mean density at 120 km, 1/cm³.</param>
/// <param name="TurbopauseKm">Where mixing takes over.</param>
/// <param name="MixedBelowKm">Above this height it is taken as in diffusive equilibrium.</param>
/// <param name="LogGroundRatio">Logarithm of the density against that of N2 where all is mixed; null where the correction has a strength of its own.</param>
/// <param name="Ground">Where and how fast that ratio is reached; with <paramref name="LogGroundRatio"/> its strength follows from the densities.</param>
/// <param name="Chemistry">Production and loss, or nothing.</param>
internal sealed record Constituent(
    int Lane, double Mass, double ThermalDiffusion, double LogBase, double TurbopauseKm, double MixedBelowKm, double? LogGroundRatio, ChemicalStep Ground, ChemicalStep Chemistry);

/// <summary>A change of the logarithm of density that is full far below a height and fades above it, with up to two lengths.</summary>
/// <param name="Strength">Of the logarithm, far below.</param>
/// <param name="CenterKm">Where half of it is left.</param>
/// <param name="LengthKm">Over which it fades.</param>
/// <param name="SecondLengthKm">Another, of which half is made; the same where there is one.</param>
internal readonly record struct ChemicalStep(double Strength, double CenterKm, double LengthKm, double SecondLengthKm)
{
    private const double Far = 70;

    /// <param name="heightKm">Where it is asked for.</param>
    /// <param name="strength">In the place of <see cref="Strength"/>, where it follows from the air.</param>
    public double At(double heightKm, double strength)
    {
        if (strength == 0) return 0;
        double above = heightKm - CenterKm, first = above / LengthKm, second = above / SecondLengthKm;
        if (first > Far || second > Far) return 0;
        if (first < -Far && second < -Far) return strength;
        double one = Math.Exp(first);
        return strength / (1 + (LengthKm == SecondLengthKm ? one : 0.5 * (one + Math.Exp(second))));
    }
}
