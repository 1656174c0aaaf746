using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An object whose approaches are looked for.</summary>
/// <param name="Id">Its number in the catalog. Of two objects the one with the smaller number comes first.</param>
/// <param name="Volume">What must stay free around it; null where only the other's, or else the common volume counts.</param>
public abstract record ScreenedObject(long Id, ScreeningVolume? Volume)
{
    /// <summary>Whose orbit it is, where several of one object are screened together: two of the same one are no pair. Null where it is an object of its own.</summary>
    public long? Body { get; init; }
}

/// <summary>An object known by mean elements, moved by SGP4.</summary>
public sealed record ScreenedElements(long Id, ElementSet Elements, ScreeningVolume? Volume = null) : ScreenedObject(Id, Volume);

/// <summary>An object known by an ephemeris. Two are equal when they hold the same instance of a motion.</summary>
public sealed record ScreenedEphemeris(long Id, IScreenedMotion Motion, ScreeningVolume? Volume = null) : ScreenedObject(Id, Volume);

/// <summary>Position and velocity of an object at every instant of a span, and how far its motion can be from free fall.</summary>
public interface IScreenedMotion
{
    /// <summary>The earliest instant covered.</summary>
    Epoch First { get; }

    /// <summary>The latest instant covered.</summary>
    Epoch Last { get; }

    /// <summary>
    /// Largest difference between the second derivative of the position, as <see cref="At"/> answers, and the pull of a spherical Earth, km/s². The oblateness alone is 3.3e-5
    /// at the ground; thrust and interpolation come on top.
    /// </summary>
    double AccelerationBeyondGravityKmPerS2 { get; }

    /// <summary>Sum of the sudden changes of velocity within any ten minutes, km/s; 0 without impulses.</summary>
    double VelocityStepKmPerS { get; }

    /// <summary>Sum of the sudden changes of position within any ten minutes, km; 0 where there are none, as within one ephemeris.</summary>
    double PositionJumpKm => 0;

    /// <summary>Whether there are instants between <see cref="First"/> and <see cref="Last"/> without a state. None of those gaps is shorter than a window of the screening, 8 s.</summary>
    bool HasGaps => false;

    /// <summary>TEME of date, km and km/s; no numbers in a gap. Safe for concurrent use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before <see cref="First"/> or after <see cref="Last"/>.</exception>
    void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS);
}
