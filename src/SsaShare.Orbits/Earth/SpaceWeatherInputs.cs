namespace SsaShare.Orbits;

/// <summary>What NRLMSISE-00 asks of space weather at one instant.</summary>
/// <param name="F107Previous">Observed flux at 10.7 cm of the day before, 1e-22 W/m²/Hz.</param>
/// <param name="F107Average">Its mean over the 81 days around the day.</param>
/// <param name="ApDaily">Daily Ap.</param>
/// <param name="ApNow">ap of the three hours that hold the instant.</param>
/// <param name="Ap3Before">ap three hours before.</param>
/// <param name="Ap6Before">ap six hours before.</param>
/// <param name="Ap9Before">ap nine hours before.</param>
/// <param name="Ap12To33Before">Mean of the eight values of ap from 12 to 33 hours before.</param>
/// <param name="Ap36To57Before">Mean of the eight values of ap from 36 to 57 hours before.</param>
/// <param name="Quality">The worst of the days that were used.</param>
public readonly record struct SpaceWeatherInputs(
    double F107Previous, double F107Average, double ApDaily, double ApNow, double Ap3Before, double Ap6Before, double Ap9Before, double Ap12To33Before, double Ap36To57Before,
    SpaceWeatherQuality Quality);
