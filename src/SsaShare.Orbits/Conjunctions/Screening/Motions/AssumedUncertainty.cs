using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A covariance for orbits that come without one: by the regime, and wider with the age.</summary>
/// <param name="Fresh">By regime, up to a day from the epoch.</param>
/// <remarks>
/// Beyond the time it was fitted over, an orbit errs mostly along its track, and the more the older it is. Taken here: after the first day the transverse sigma grows in proportion to the age, the radial
/// and the normal one with its root. An assumption of ours that serves to rank approaches, and is marked as such: no figure to decide by.
/// </remarks>
public sealed record AssumedUncertainty(CovarianceDefaults Fresh)
{
    private const double FreshForS = 86_400;

    /// <summary>With <see cref="CovarianceDefaults.ElementSets"/>.</summary>
    public static AssumedUncertainty ElementSets { get; } = new(CovarianceDefaults.ElementSets);

    /// <param name="state">GCRF.</param>
    /// <param name="determined">Epoch of the elements or of the state that the orbit was followed from.</param>
    /// <returns>Null where the state is on no ellipse.</returns>
    public UncertaintyAt? At(CartesianState state, Epoch determined)
    {
        double age = Math.Max(1, Math.Abs(state.Epoch.SecondsSince(determined)) / FreshForS);
        var aged = new CovarianceDefaults(Aged(Fresh.Leo, age), Aged(Fresh.Geo, age), Aged(Fresh.Other, age));
        return aged.For(state) is { } covariance ? new UncertaintyAt(covariance, CovarianceOrigin.Default) : null;
    }

    private static RtnSigmas Aged(RtnSigmas fresh, double age) => new(fresh.RadialKm * Math.Sqrt(age), fresh.TransverseKm * age, fresh.NormalKm * Math.Sqrt(age));
}
