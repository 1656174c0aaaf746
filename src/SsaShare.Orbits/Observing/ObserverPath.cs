using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An observer near one instant, second order in time: on the ground good to 1e-12 km over 0.1 s, in low orbit to 1e-9 km.</summary>
internal readonly struct ObserverPath(ObserverState state)
{
    public Vector3d Position(double dt) => state.PositionKm + dt * (state.VelocityKmPerS + dt / 2 * state.AccelerationKmPerS2);

    public Vector3d Velocity(double dt) => state.VelocityKmPerS + dt * state.AccelerationKmPerS2;

    public Vector3d Acceleration => state.AccelerationKmPerS2;
}
