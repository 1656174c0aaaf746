using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>A track as a partner made it: an estimate whose observations are not here to be weighed.</summary>
/// <param name="Source">Who speaks for it.</param>
/// <param name="Record">That carries it.</param>
/// <param name="State">km and km/s.</param>
/// <param name="Covariance">Of the whole error, in the frame of the state.</param>
public sealed record ReadyTrack(PartnerId Source, RecordId Record, CartesianState State, Covariance6 Covariance)
{
    /// <summary>
    /// The part of the covariance whose error no other track shares, as the source declares: the noise of its own sensors in a track made of their data alone. Null where it declares none, as whoever uses
    /// others' tracks must.
    /// </summary>
    public Covariance6? Independent { get; init; }

    /// <summary>What the error of the forecast density does to it, contained in the covariance and shared by all tracks of the object; null where not declared.</summary>
    public DensityError? Density { get; init; }

    /// <summary>Observations that it rests on, where all of them are known; null where they are not. Tracks without a common one err independently but for the density.</summary>
    public IReadOnlySet<RecordId>? Basis { get; init; }
}
