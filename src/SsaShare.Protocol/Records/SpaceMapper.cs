using SsaShare.Domain;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Protocol;

/// <summary>Epochs, vectors and states.</summary>
public static class SpaceMapper
{
    public static V1.Epoch ToWire(this Epoch epoch) => new() { TimeScale = V1.TimeScale.Tai, NanosecondsSinceJ2000 = epoch.NanosecondsSinceJ2000 };

    /// <returns>False when the epoch is absent or its time scale is not TAI.</returns>
    public static bool TryRead(V1.Epoch? wire, out Epoch epoch)
    {
        epoch = new Epoch(wire?.NanosecondsSinceJ2000 ?? 0);
        return wire?.TimeScale == V1.TimeScale.Tai;
    }

    public static V1.Vector3 ToWire(this Vector3d vector) => new() { X = vector.X, Y = vector.Y, Z = vector.Z };

    public static Vector3d FromWire(this V1.Vector3 vector) => new(vector.X, vector.Y, vector.Z);

    public static V1.CartesianState ToWire(this CartesianState state) => new()
    {
        Epoch = state.Epoch.ToWire(),
        Frame = WireEnums.Write(state.Frame),
        PositionKm = state.PositionKm.ToWire(),
        VelocityKmPerS = state.VelocityKmPerS.ToWire(),
    };

    /// <returns>Null when the state is absent or incomplete, its frame is unknown, or a component is not finite.</returns>
    public static CartesianState? TryRead(V1.CartesianState? wire)
    {
        if (wire?.PositionKm is null || wire.VelocityKmPerS is null || !TryRead(wire.Epoch, out var epoch) || !WireEnums.TryRead(wire.Frame, out var frame)) return null;
        var (position, velocity) = (wire.PositionKm.FromWire(), wire.VelocityKmPerS.FromWire());
        return position.IsFinite && velocity.IsFinite ? new CartesianState(epoch, frame, position, velocity) : null;
    }
}
