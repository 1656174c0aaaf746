namespace SsaShare.Domain;

/// <summary>An object's state as an originator determined it.</summary>
/// <param name="ObjectTag">The object as its originator tags it, for example "25544". A hint, never trusted.</param>
/// <param name="State">Position and velocity at an epoch in a frame.</param>
/// <param name="Covariance">Of the state, in its frame; null when the originator states none.</param>
public sealed record OrbitState(string? ObjectTag, CartesianState State, Covariance6? Covariance);
