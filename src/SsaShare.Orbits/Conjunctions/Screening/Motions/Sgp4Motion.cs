using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Mean elements over a span, as part of a motion that goes on otherwise.</summary>
internal sealed class Sgp4Motion : IScreenedMotion
{
    private static readonly Vector3d None = new(double.NaN, double.NaN, double.NaN);

    private readonly Sgp4Propagator _satellite;
    private readonly Sgp4Envelope _envelope;

    /// <param name="first">May be before the epoch of the elements.</param>
    /// <param name="last">After <paramref name="first"/>.</param>
    public Sgp4Motion(Sgp4Propagator satellite, Epoch first, Epoch last)
    {
        (_satellite, First, Last) = (satellite, first, last);
        (_envelope, AccelerationBeyondGravityKmPerS2) = Sgp4Envelope.Bounded(satellite, first, last);
    }

    public Epoch First { get; }
    public Epoch Last { get; }
    public double AccelerationBeyondGravityKmPerS2 { get; }
    public double VelocityStepKmPerS => 0;
    public double PositionJumpKm => _satellite.IsDeepSpace ? MotionBound.DeepSpaceJumpKm : 0;

    /// <summary>SGP4 may have no state on the way, and old elements describe no orbit any more.</summary>
    public bool HasGaps => true;

    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        if (epoch < First || epoch > Last) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"Expected {First} to {Last}.");
        (positionKm, velocityKmPerS) = (None, None);
        if (_envelope.IsNever || !_envelope.Holds(epoch.NanosecondsSinceJ2000)) return;
        var state = _satellite.Propagate(epoch);
        (positionKm, velocityKmPerS) = (state.PositionKm, state.VelocityKmPerS);
    }
}
