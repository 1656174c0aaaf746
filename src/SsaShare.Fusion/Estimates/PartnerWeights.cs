using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Each partner's share of the information in a fit.</summary>
internal static class PartnerWeights
{
    /// <summary>
    /// Trace of information times covariance, over the number of parameters. Each share lies in 0 to 1, and with that of the a priori
    /// figures they add up to 1.
    /// </summary>
    /// <param name="all">The observations of the fit, in its order.</param>
    /// <param name="fit">Its result.</param>
    public static Dictionary<PartnerId, double> Of(ContributedObservation[] all, OrbitFit fit)
    {
        const int n = PropagatedState.ParameterCount;
        // A sensor's data may have come by more than one partner: its information is split by the number of observations.
        var countOf = all.GroupBy(c => (SensorKey.Of(c.Sensor), c.Originator)).ToDictionary(g => g.Key, g => g.Count());
        var weights = all.Select(c => c.Originator).Distinct().ToDictionary(p => p, _ => 0.0);
        foreach (var information in fit.Information)
        {
            double trace = 0;
            for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) trace += information.Matrix[i * n + j] * fit.FormalParameterCovariance[j * n + i];
            var shares = countOf.Where(pair => pair.Key.Item1 == information.Sensor).ToList();
            double total = shares.Sum(pair => pair.Value);
            foreach (var ((_, partner), count) in shares) weights[partner] += trace / n * count / total;
        }
        return weights;
    }
}
