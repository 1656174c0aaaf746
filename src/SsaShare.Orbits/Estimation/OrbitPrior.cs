using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What is known of an orbit before its observations are fitted.</summary>
/// <param name="State">GCRF, at the epoch of the fit.</param>
/// <param name="Covariance">Of the state: km², km²/s, km²/s², GCRF.</param>
public sealed record OrbitPrior(CartesianState State, Covariance6 Covariance);
