namespace SsaShare.Orbits;

/// <summary>Air at one place and time as NRLMSISE-00 has it; number densities in 1/m³.</summary>
/// <param name="ExosphericTemperatureK">Temperature far up; a mean value below 123 km.</param>
/// <param name="TemperatureK">Temperature at the place.</param>
/// <param name="Helium">He.</param>
/// <param name="Oxygen">O; zero below 72.5 km.</param>
/// <param name="Nitrogen2">N2.</param>
/// <param name="Oxygen2">O2.</param>
/// <param name="Argon">Ar.</param>
/// <param name="Hydrogen">H; zero below 72.5 km.</param>
/// <param name="Nitrogen">N; zero below 72.5 km.</param>
/// <param name="AnomalousOxygen">Hot O and O+ above 500 km, which drag meets but the balance of the other gases does not know.</param>
public readonly record struct AtmosphericComposition(
    double ExosphericTemperatureK, double TemperatureK, double Helium, double Oxygen, double Nitrogen2, double Oxygen2, double Argon, double Hydrogen, double Nitrogen,
    double AnomalousOxygen)
{
    private const double AtomicMassKg = 1.66e-27;

    /// <summary>kg/m³ without anomalous oxygen (GTD7).</summary>
    public double MassDensityKgPerM3 => AtomicMassKg * (4 * Helium + 16 * Oxygen + 28 * Nitrogen2 + 32 * Oxygen2 + 40 * Argon + Hydrogen + 14 * Nitrogen);

    /// <summary>kg/m³ with anomalous oxygen (GTD7D): the one for drag.</summary>
    public double DragDensityKgPerM3 => MassDensityKgPerM3 + AtomicMassKg * 16 * AnomalousOxygen;
}
