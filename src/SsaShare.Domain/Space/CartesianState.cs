namespace SsaShare.Domain;

/// <summary>Position (km) and velocity (km/s) at an epoch in a frame, relative to the centre of the Earth.</summary>
public sealed record CartesianState
{
    /// <exception cref="ArgumentException">The frame is unspecified or a component is not finite.</exception>
    public CartesianState(Epoch epoch, Frame frame, Vector3d positionKm, Vector3d velocityKmPerS)
    {
        if (frame == Frame.Unspecified) throw new ArgumentException("A state needs a frame.", nameof(frame));
        if (!positionKm.IsFinite || !velocityKmPerS.IsFinite) throw new ArgumentException("A state's components are finite numbers.", nameof(positionKm));
        (Epoch, Frame, PositionKm, VelocityKmPerS) = (epoch, frame, positionKm, velocityKmPerS);
    }

    public Epoch Epoch { get; }
    public Frame Frame { get; }
    public Vector3d PositionKm { get; }
    public Vector3d VelocityKmPerS { get; }

    /// <summary>From this position to the other's, km.</summary>
    /// <exception cref="ArgumentException">The epochs or the frames differ.</exception>
    public Vector3d SeparationKm(CartesianState other)
        => (Epoch, Frame) == (other.Epoch, other.Frame)
            ? other.PositionKm - PositionKm
            : throw new ArgumentException($"Expected {Epoch} {Frame}, got {other.Epoch} {other.Frame}.", nameof(other));
}
