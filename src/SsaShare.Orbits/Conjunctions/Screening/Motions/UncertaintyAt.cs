using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where a covariance comes from, by the words of CCSDS conjunction messages (COVARIANCE_METHOD).</summary>
public enum CovarianceOrigin
{
    /// <summary>Stated by whoever determined the orbit, or carried from what was stated.</summary>
    Calculated = 1,
    /// <summary>Assumed, from the kind of the orbit and the age of its elements; see <see cref="CovarianceDefaults"/>.</summary>
    Default = 2,
}

/// <summary>How sure a state is.</summary>
/// <param name="Covariance">In the axes of the state, GCRF: km², km²/s, km²/s².</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Density">What an error of the forecast density of the air, part of the covariance, does to the state, GCRF: it is shared with other objects. Null where it is not known.</param>
public sealed record UncertaintyAt(Covariance6 Covariance, CovarianceOrigin Origin, DensityError? Density = null)
{
    /// <summary>The instant of which the covariance was stated that this one was carried from, without process noise; null where it was stated for about this instant, or assumed.</summary>
    public Epoch? CarriedFrom { get; init; }
}
