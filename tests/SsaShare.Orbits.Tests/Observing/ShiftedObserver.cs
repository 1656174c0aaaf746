using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Another observer, moved: for derivatives by differences.</summary>
internal sealed class ShiftedObserver(IObserver other, Epoch at, Vector3d shiftKm, Vector3d driftKmPerS) : IObserver
{
    public bool HasHorizon => other.HasHorizon;

    public bool Covers(Epoch epoch) => other.Covers(epoch);

    public ObserverState At(Epoch epoch, EarthRotation rotation, ISolarSystem bodies)
    {
        var state = other.At(epoch, rotation, bodies);
        return state with { PositionKm = state.PositionKm + shiftKm + epoch.SecondsSince(at) * driftKmPerS, VelocityKmPerS = state.VelocityKmPerS + driftKmPerS };
    }
}
