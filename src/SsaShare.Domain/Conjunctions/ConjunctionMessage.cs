namespace SsaShare.Domain;

/// <summary>That two objects come close, as a CCSDS conjunction data message (508.0-B-1) says it. Immutable.</summary>
/// <param name="MessageId">The maker's own id of the message.</param>
/// <param name="Maker">Who made it, by the message: a hint, the record's originator signs.</param>
/// <param name="MadeFor">Whose object it was made for; null when it does not say.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Approach">When and how close.</param>
/// <param name="Screening">What was searched; null when it does not say.</param>
/// <param name="Probability">How probable a collision is; null when it does not say.</param>
/// <param name="First">The object for which the relative figures are given.</param>
/// <param name="Second">The other one.</param>
/// <param name="Comments">Of the whole message, in order.</param>
public sealed record ConjunctionMessage(string MessageId, string Maker, string? MadeFor, Epoch Created, ClosestApproach Approach, ConjunctionScreening? Screening, CollisionProbability? Probability,
    ConjunctionObject First, ConjunctionObject Second, IReadOnlyList<string> Comments);

/// <summary>When and how close two objects come.</summary>
/// <param name="Time">Of closest approach.</param>
/// <param name="MissDistanceKm">Zero or more.</param>
/// <param name="RelativeSpeedKmPerS">Zero or more; null when it is not stated.</param>
/// <param name="RelativePositionRtnKm">Of the second object, in the radial, transverse and normal axes of the first; null when it is not stated.</param>
/// <param name="RelativeVelocityRtnKmPerS">Likewise.</param>
public sealed record ClosestApproach(Epoch Time, double MissDistanceKm, double? RelativeSpeedKmPerS, Vector3d? RelativePositionRtnKm, Vector3d? RelativeVelocityRtnKmPerS);

/// <summary>How probable a collision is.</summary>
/// <param name="Value">0 to 1.</param>
/// <param name="Method">By which it was computed, as the message names it; null when it does not say.</param>
public sealed record CollisionProbability(double Value, string? Method);

/// <summary>What was searched for approaches.</summary>
/// <param name="Start">Of the period; null when it is not stated.</param>
/// <param name="Stop">Of the period; null when it is not stated.</param>
/// <param name="Axes">In which the volume is given: RTN or TVN; null when no volume is.</param>
/// <param name="Shape">ELLIPSOID or BOX; null when no volume is given.</param>
/// <param name="SizeKm">Of the volume along its axes; null when none is given.</param>
/// <param name="Entry">When the second object enters the volume; null when it is not stated.</param>
/// <param name="Exit">When it leaves it; null when it is not stated.</param>
public sealed record ConjunctionScreening(Epoch? Start, Epoch? Stop, string? Axes, string? Shape, Vector3d? SizeKm, Epoch? Entry, Epoch? Exit);
