using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A numerically propagated orbit among element sets: its states turned from GCRF to TEME of date.</summary>
/// <remarks>
/// The rotation is by the theory of SGP4's frame (<see cref="Fk5"/>), taken every hour and interpolated: below 1e-9 rad, 7 mm at low orbit. The turning of TEME itself (8e-12 rad/s)
/// is left out of velocities.
/// </remarks>
public sealed class TrajectoryMotion : IScreenedMotion
{
    private const double StepS = 3_600;

    private readonly Trajectory _trajectory;
    private readonly Matrix3[] _toTeme;

    /// <param name="trajectory">Of a propagation.</param>
    /// <param name="accelerationBeyondGravityKmPerS2">See <see cref="IScreenedMotion.AccelerationBeyondGravityKmPerS2"/>; the default holds for free flight above 100 km with drag.</param>
    /// <param name="velocityStepKmPerS">Largest impulse on the way.</param>
    public TrajectoryMotion(Trajectory trajectory, double accelerationBeyondGravityKmPerS2 = 5e-5, double velocityStepKmPerS = 0)
    {
        if (!(accelerationBeyondGravityKmPerS2 >= 0 && velocityStepKmPerS >= 0)) throw new ArgumentException("Bounds of a motion are not below 0.");
        _trajectory = trajectory;
        (AccelerationBeyondGravityKmPerS2, VelocityStepKmPerS) = (accelerationBeyondGravityKmPerS2, velocityStepKmPerS);
        int steps = (int)Math.Ceiling(Last.SecondsSince(First) / StepS) + 1;
        _toTeme = [.. Enumerable.Range(0, steps + 1).Select(i => TemeAt(First.PlusSeconds(i * StepS)))];
    }

    public Epoch First => _trajectory.First;
    public Epoch Last => _trajectory.Last;
    public double AccelerationBeyondGravityKmPerS2 { get; }
    public double VelocityStepKmPerS { get; }

    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        _trajectory.At(epoch, out var position, out var velocity);
        double hours = epoch.SecondsSince(First) / StepS;
        int i = (int)hours;
        var rotation = (1 - (hours - i)) * _toTeme[i] + (hours - i) * _toTeme[i + 1];
        (positionKm, velocityKmPerS) = (rotation * position, rotation * velocity);
    }

    private static Matrix3 TemeAt(Epoch epoch) => Fk5.TemeToGcrf(epoch).Transposed;
}
