namespace SsaShare.Domain;

/// <summary>That an object manoeuvres, as its operator says. Immutable.</summary>
/// <param name="ObjectTag">The object as the originator tags it, for example "25544". A hint, never trusted.</param>
/// <param name="Status">Whether it is still to come.</param>
/// <param name="Start">Of the thrust.</param>
/// <param name="End">Of the thrust; that of the start for an impulse, never before it.</param>
/// <param name="DeltaVRtnKmPerS">Change of velocity in the radial, transverse and normal axes at the start; null when it is not told.</param>
/// <param name="SigmaRtnKmPerS">One-sigma uncertainty of each component; null when it is not told.</param>
/// <param name="Text">For people; null for none.</param>
public sealed record ManeuverNotice(string ObjectTag, ManeuverStatus Status, Epoch Start, Epoch End, Vector3d? DeltaVRtnKmPerS, Vector3d? SigmaRtnKmPerS, string? Text);

/// <summary>Whether a manoeuvre is still to come. Numbers are on the wire; none is reused.</summary>
public enum ManeuverStatus
{
    Unspecified = 0,
    Planned = 1,
    Performed = 2,
}
