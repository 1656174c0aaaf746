using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Mean elements over a span, as part of a motion that goes on otherwise.</summary>
/// <param name="first">May be before the epoch of the elements.</param>
/// <param name="last">After <paramref name="first"/>.</param>
internal sealed class Sgp4Motion(Sgp4Propagator satellite, Epoch first, Epoch last) : IScreenedMotion
{
    public Epoch First => first;
    public Epoch Last => last;

    public double AccelerationBeyondGravityKmPerS2 { get; }
        = MotionBound.Sgp4Extra(satellite, Math.Max(Math.Abs(first.SecondsSince(satellite.Elements.Epoch)), Math.Abs(last.SecondsSince(satellite.Elements.Epoch))) / 60) is var extra && extra < 1 ? extra : 1;

    public double VelocityStepKmPerS => 0;
    public double PositionJumpKm => satellite.IsDeepSpace ? MotionBound.DeepSpaceJumpKm : 0;

    /// <summary>SGP4 may have no state on the way.</summary>
    public bool HasGaps => true;

    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        if (epoch < first || epoch > last) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"Expected {first} to {last}.");
        var state = satellite.Propagate(epoch);
        (positionKm, velocityKmPerS) = (state.PositionKm, state.VelocityKmPerS);
    }
}
