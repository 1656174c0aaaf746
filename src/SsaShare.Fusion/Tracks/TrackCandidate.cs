using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>A track that a tracklet may belong to.</summary>
/// <param name="Track">Its number in the window.</param>
/// <param name="TimeErrorS">How much later (positive) than predicted the object passes, by the middle observation.</param>
/// <param name="CrossKm">What is left of the distance across the predicted path then.</param>
/// <param name="Distance">Of all figures together.</param>
public readonly record struct TrackCandidate(int Track, double TimeErrorS, double CrossKm, TrackletDistance Distance);
