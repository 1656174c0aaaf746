namespace SsaShare.Fusion;

/// <summary>Why a ready-made track moves nothing.</summary>
public enum TrackFault
{
    /// <summary>A figure is not a finite number.</summary>
    NotFinite = 1,
    /// <summary>Its epoch is not the one asked for: whoever knows its forces moves it there first.</summary>
    WrongEpoch = 2,
    /// <summary>Its frame is not GCRF.</summary>
    WrongFrame = 3,
    /// <summary>Inside the Earth, beyond 1.5 million km or faster than 20 km/s.</summary>
    ImpossibleOrbit = 4,
    /// <summary>The covariance has an eigenvalue that is not above zero.</summary>
    CovarianceNotPositive = 5,
    /// <summary>The part declared independent is not contained in the covariance.</summary>
    IndependentPartTooLarge = 6,
    /// <summary>The error of the density is not contained in what the covariance has beside the independent part.</summary>
    DensityErrorTooLarge = 7,
    /// <summary>It contradicts the tracks of most other sources, or the only other one.</summary>
    Contradicts = 8,
}

/// <summary>A track kept out.</summary>
/// <param name="Track">As it came.</param>
/// <param name="Fault">Of it.</param>
/// <param name="Detail">For its owner: figures and units.</param>
public sealed record QuarantinedTrack(ReadyTrack Track, TrackFault Fault, string Detail);
