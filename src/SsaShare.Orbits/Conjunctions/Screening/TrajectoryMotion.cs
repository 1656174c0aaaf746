using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A numerically propagated orbit among element sets: its states turned from GCRF to TEME of date.</summary>
/// <remarks>
/// The rotation is by the theory of SGP4's frame (<see cref="TemeTurns"/>). The turning of TEME itself (8e-12 rad/s) is left out of velocities.
/// </remarks>
public sealed class TrajectoryMotion : IScreenedMotion
{
    private readonly Trajectory _trajectory;
    private readonly TemeTurns _toTeme;

    /// <param name="trajectory">Of a propagation.</param>
    /// <param name="accelerationBeyondGravityKmPerS2">See <see cref="IScreenedMotion.AccelerationBeyondGravityKmPerS2"/>; the default holds for free flight above 100 km with drag.</param>
    /// <param name="velocityStepKmPerS">Largest impulse on the way.</param>
    public TrajectoryMotion(Trajectory trajectory, double accelerationBeyondGravityKmPerS2 = 5e-5, double velocityStepKmPerS = 0)
    {
        if (!(accelerationBeyondGravityKmPerS2 >= 0 && velocityStepKmPerS >= 0)) throw new ArgumentException("Bounds of a motion are not below 0.");
        _trajectory = trajectory;
        (AccelerationBeyondGravityKmPerS2, VelocityStepKmPerS) = (accelerationBeyondGravityKmPerS2, velocityStepKmPerS);
        _toTeme = new TemeTurns(First, Last);
    }

    public Epoch First => _trajectory.First;
    public Epoch Last => _trajectory.Last;
    public double AccelerationBeyondGravityKmPerS2 { get; }
    public double VelocityStepKmPerS { get; }

    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        _trajectory.At(epoch, out var position, out var velocity);
        var rotation = _toTeme.At(epoch);
        (positionKm, velocityKmPerS) = (rotation * position, rotation * velocity);
    }
}
