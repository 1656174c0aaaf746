using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A change of orbit that the element sets of an object show and that nature does not make.</summary>
/// <param name="Time">When the orbits before and after meet; of burns there and back between two sets, a quarter and three quarters of the way from one set to the next.</param>
/// <param name="FirstSeen">Epoch of the first element set after that.</param>
/// <param name="AlongTrackMPerS">Change of velocity along the track, m/s, positive forward; from the change of mean motion. Against eight burns of CryoSat-2 the median ratio is 1.02, from 0.78. Of burns there and back between two sets only a size, since their distance in time is not known.</param>
/// <param name="CrossTrackMPerS">Size of the change of velocity normal to the orbit, m/s, from inclination and node; 0 where it drowns in their noise. Not verified against true burns.</param>
/// <param name="Significance">Change of rate along the track over its standard deviation.</param>
/// <param name="Confidence">0 to 1, growing with the significance: 0.8 at 9, 0.95 at 20. How often it was right stands in docs/accuracy.md.</param>
public sealed record DetectedManeuver(Epoch Time, Epoch FirstSeen, double AlongTrackMPerS, double CrossTrackMPerS, double Significance, double Confidence)
{
    /// <summary>Of both directions together, m/s.</summary>
    public double DeltaVMPerS => Math.Sqrt(AlongTrackMPerS * AlongTrackMPerS + CrossTrackMPerS * CrossTrackMPerS);
}
