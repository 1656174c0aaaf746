namespace SsaShare.Orbits;

/// <summary>What drives NRLMSISE-00: solar flux and geomagnetic activity.</summary>
/// <param name="F107Previous">Observed flux at 10.7 cm of the day before, 1e-22 W/m²/Hz.</param>
/// <param name="F107Average">Its mean over the 81 days around the day.</param>
/// <param name="ApDaily">Daily Ap, which is used where there is no history.</param>
/// <param name="History">Activity of the last 57 hours, which follows storms; null for the daily value alone.</param>
public readonly record struct NrlmsiseActivity(double F107Previous, double F107Average, double ApDaily, ApHistory? History = null)
{
    /// <summary>The activity of an instant as a table of space weather has it.</summary>
    public static NrlmsiseActivity From(in SpaceWeatherInputs inputs)
        => new(inputs.F107Previous, inputs.F107Average, inputs.ApDaily, new ApHistory(
            inputs.ApNow, inputs.Ap3Before, inputs.Ap6Before, inputs.Ap9Before, inputs.Ap12To33Before, inputs.Ap36To57Before));
}

/// <summary>ap of the last 57 hours.</summary>
/// <param name="Now">Of the three hours that hold the instant.</param>
/// <param name="Before3">Three hours before.</param>
/// <param name="Before6">Six hours before.</param>
/// <param name="Before9">Nine hours before.</param>
/// <param name="Before12To33">Mean of the eight values from 12 to 33 hours before.</param>
/// <param name="Before36To57">Mean of the eight values from 36 to 57 hours before.</param>
public readonly record struct ApHistory(double Now, double Before3, double Before6, double Before9, double Before12To33, double Before36To57);
