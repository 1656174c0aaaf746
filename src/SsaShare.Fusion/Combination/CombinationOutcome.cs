using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>What a track had to say in a combination.</summary>
/// <param name="Track">One of those given.</param>
/// <param name="Share">Trace of its gain over six; the shares of all add up to one. A share may be below zero where covariances lie askew.</param>
public readonly record struct TrackShare(ReadyTrack Track, double Share);

/// <summary>Tracks of one object combined.</summary>
/// <param name="State">GCRF, km and km/s, at the epoch asked for.</param>
/// <param name="Covariance">In GCRF; contains the error of the density.</param>
/// <param name="Density">What the shared error of the density does to the combined state; null where no track declares it.</param>
/// <param name="Shares">In order of the records; copies of one track are there once.</param>
/// <param name="LargestDisagreement">Among the tracks, in sigmas of the most that their difference can have; 0 for one track.</param>
public sealed record CombinedTrack(CartesianState State, Covariance6 Covariance, DensityError? Density, IReadOnlyList<TrackShare> Shares, double LargestDisagreement);

/// <summary>A combination, or why there is none; in both cases what was kept out.</summary>
public abstract record CombinationOutcome
{
    private CombinationOutcome(IReadOnlyList<QuarantinedTrack> quarantined) => Quarantined = quarantined;

    /// <summary>Tracks that moved nothing, with the reasons.</summary>
    public IReadOnlyList<QuarantinedTrack> Quarantined { get; }

    public sealed record Combined(CombinedTrack Track, IReadOnlyList<QuarantinedTrack> Quarantined) : CombinationOutcome(Quarantined);

    /// <param name="Detail">For people.</param>
    /// <param name="Quarantined">Tracks that moved nothing.</param>
    public sealed record Refused(string Detail, IReadOnlyList<QuarantinedTrack> Quarantined) : CombinationOutcome(Quarantined);
}
