using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A state of the circular restricted three-body problem, in its own units and rotating axes: the larger body at -μ, the smaller at 1-μ on the x axis.</summary>
/// <param name="Position">In distances of the two bodies.</param>
/// <param name="Velocity">Relative to the rotating axes, in distances per radian of their turn.</param>
public readonly record struct RestrictedState(Vector3d Position, Vector3d Velocity);
