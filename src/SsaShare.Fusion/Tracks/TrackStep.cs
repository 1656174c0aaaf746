using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>One step of a track: tracklets that overlap in time, processed together, and what is known after them.</summary>
/// <param name="Tracklets">In order of start and id.</param>
/// <param name="After">At the end of the latest of them.</param>
/// <param name="ChiSquare">Of the observations used.</param>
/// <param name="Figures">Used.</param>
/// <param name="Refused">Observations beyond the gate.</param>
internal sealed record TrackStep(ObservedTracklet[] Tracklets, FilterCheckpoint After, double ChiSquare, int Figures, int Refused)
{
    public Epoch Start => Tracklets[0].Start;
}
