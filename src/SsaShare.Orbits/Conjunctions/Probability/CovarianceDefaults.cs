using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Standard deviations that stand in for a missing covariance.</summary>
/// <param name="RadialKm">Above 0.</param>
/// <param name="TransverseKm">Above 0.</param>
/// <param name="NormalKm">Above 0.</param>
public readonly record struct RtnSigmas(double RadialKm, double TransverseKm, double NormalKm);

/// <summary>By regime, what stands in for a missing covariance: uncorrelated in the object's own axes, the velocity's as the orbit turns the position's.</summary>
/// <param name="Leo">Low orbits.</param>
/// <param name="Geo">Geostationary orbits.</param>
/// <param name="Other">All others on ellipses.</param>
public sealed record CovarianceDefaults(RtnSigmas Leo, RtnSigmas Geo, RtnSigmas Other)
{
    /// <summary>
    /// Round figures of ours, in the order of the errors of public element sets within a day or two of their epoch (Flohrer, Krag and Klinkrad 2008, AMOS). No such figure defends a decision: it is there so that a missing
    /// covariance is neither a crash nor a zero.
    /// </summary>
    public static CovarianceDefaults ElementSets { get; } = new(new RtnSigmas(0.2, 1, 0.2), new RtnSigmas(0.5, 1, 0.3), new RtnSigmas(0.5, 2, 0.5));

    /// <returns>Null where the state is on no ellipse.</returns>
    public Covariance6? For(CartesianState state)
    {
        if (!KeplerianElements.TryFromState(state, out var elements)) return null;
        var sigma = OrbitalRegimes.Of(elements) switch { OrbitalRegime.Leo => Leo, OrbitalRegime.Geo => Geo, _ => Other };
        double n = Math.Tau / elements.PeriodSeconds;
        Span<double> lower = stackalloc double[21];
        Put(lower, 0, sigma.RadialKm);
        Put(lower, 1, sigma.TransverseKm);
        Put(lower, 2, sigma.NormalKm);
        // An error along the track is one of time, and turns the velocity; one of height changes the speed along the track.
        Put(lower, 3, n * sigma.TransverseKm);
        Put(lower, 4, n * sigma.RadialKm);
        Put(lower, 5, n * sigma.NormalKm);
        return LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromLocal(new Covariance6(lower));

        static void Put(Span<double> lower, int i, double sigma) => lower[i * (i + 1) / 2 + i] = sigma * sigma;
    }
}
