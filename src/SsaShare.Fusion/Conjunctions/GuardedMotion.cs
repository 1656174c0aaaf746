using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>A motion that may fail: after its first failure it has no state anywhere, and the reason is kept, so that the rest of a screening goes on.</summary>
internal sealed class GuardedMotion : IScreenedMotion
{
    private readonly IScreenedMotion _motion;
    private volatile string? _fault;

    public GuardedMotion(IScreenedMotion motion)
    {
        _motion = motion;
        (First, Last) = (motion.First, motion.Last);
        (AccelerationBeyondGravityKmPerS2, VelocityStepKmPerS) = (motion.AccelerationBeyondGravityKmPerS2, motion.VelocityStepKmPerS);
    }

    public Epoch First { get; }
    public Epoch Last { get; }
    public double AccelerationBeyondGravityKmPerS2 { get; }
    public double VelocityStepKmPerS { get; }

    /// <summary>In words; null while all is well.</summary>
    public string? Fault => _fault;

    public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
    {
        (positionKm, velocityKmPerS) = (new Vector3d(double.NaN, double.NaN, double.NaN), default);
        if (_fault is not null) return;
        try
        {
            _motion.At(epoch, out positionKm, out velocityKmPerS);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            positionKm = new Vector3d(double.NaN, double.NaN, double.NaN);
            _fault ??= $"Its motion failed at {epoch}: {failure.Message}";
        }
    }
}
