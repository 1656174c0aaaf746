using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What a profile leaves of an orbit state.</summary>
public static class StateDegradation
{
    /// <returns>Null when the profile hides nothing of this state.</returns>
    public static (OrbitState Degraded, AddedSigma Added)? Apply(OrbitState original, DegradationProfile profile, ItemNoise noise)
    {
        var figures = profile.Figures;
        var (position, velocity) = (figures.Step(DegradedFigure.PositionSigmaKm), figures.Step(DegradedFigure.VelocitySigmaKmPerS));
        var (epoch, epochSigmaS) = Blur.Time(original.State.Epoch, figures, noise);
        bool removesTag = profile.Removes(RemovedField.ObjectTag) && original.ObjectTag is not null;
        if (position is null && velocity is null && epochSigmaS is null && !removesTag) return null;

        var state = new CartesianState(epoch, original.State.Frame,
            position is { } p ? Blur.Vector(original.State.PositionKm, DegradedFigure.PositionSigmaKm, p, NoiseQuantity.PositionX, noise) : original.State.PositionKm,
            velocity is { } v ? Blur.Vector(original.State.VelocityKmPerS, DegradedFigure.VelocitySigmaKmPerS, v, NoiseQuantity.VelocityX, noise) : original.State.VelocityKmPerS);
        var added = new AddedSigma { PositionKm = position?.Value, VelocityKmPerS = velocity?.Value, EpochS = epochSigmaS };
        var covariance = original.Covariance is null ? null : StateInflation.Apply(original.Covariance, state, added);
        return (new OrbitState(profile.Removes(RemovedField.ObjectTag) ? null : original.ObjectTag, state, covariance), added);
    }
}
