namespace SsaShare.Orbits;

/// <summary>Solar and geomagnetic activity that differs from what a table predicts, by so many of its standard deviations.</summary>
/// <param name="uncertainty">How well the table knows each day.</param>
/// <param name="solar">Of the logarithm of the flux: -1 for a forecast that was too high by one sigma.</param>
/// <param name="geomagnetic">Of the logarithm of ap.</param>
public sealed class ActivityShift(ActivityUncertainty uncertainty, double solar, double geomagnetic)
{
    private const double LeastFlux = 63, GreatestAp = 400;

    internal NrlmsiseActivity Apply(in NrlmsiseActivity activity, DateOnly day)
    {
        var (flux, fluxAverage, ap) = uncertainty.LogSigmas(day);
        double gain = Math.Exp(solar * fluxAverage), gainOfDay = Math.Exp(solar * flux), magnetic = Math.Exp(geomagnetic * ap);
        double stronger(double value) => Math.Min(GreatestAp, value * magnetic);
        var h = activity.History!.Value;
        return new NrlmsiseActivity(Math.Max(LeastFlux, activity.F107Previous * gainOfDay), Math.Max(LeastFlux, activity.F107Average * gain), stronger(activity.ApDaily),
            new ApHistory(stronger(h.Now), stronger(h.Before3), stronger(h.Before6), stronger(h.Before9), stronger(h.Before12To33), stronger(h.Before36To57)));
    }
}
