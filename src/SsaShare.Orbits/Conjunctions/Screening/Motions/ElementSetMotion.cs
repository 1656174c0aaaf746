using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Mean elements moved by SGP4. Nothing is known of their errors: the covariance is assumed, from the regime and the age. Two are equal when they hold equal elements, options and assumptions.</summary>
/// <param name="Elements">Of the object.</param>
/// <param name="Options">WGS-72 and the improved mode where null.</param>
/// <param name="Assumed">What stands in for the covariance; null where nothing may.</param>
public sealed record ElementSetMotion(ElementSet Elements, AssumedUncertainty? Assumed, Sgp4Options? Options = null) : IUncertainMotion
{
    private readonly Sgp4Propagator _propagator = new(Elements, Options);

    public bool Covers(Epoch epoch) => _propagator.Propagate(epoch).IsValid;

    public CartesianState StateAt(Epoch epoch)
        => _propagator.TryPropagate(epoch, out var state, out var error) ? Fk5.TemeToGcrf(state) : throw new ArgumentOutOfRangeException(nameof(epoch), epoch, error.Describe());

    public UncertaintyAt? UncertaintyAt(Epoch epoch) => Assumed?.At(StateAt(epoch), Elements.Epoch);

    public ScreenedObject ToScreened(long id, ScreeningVolume? volume = null) => new ScreenedElements(id, Elements, volume);

    public bool Equals(ElementSetMotion? other) => other is not null && (Elements, Assumed, Options) == (other.Elements, other.Assumed, other.Options);

    public override int GetHashCode() => HashCode.Combine(Elements, Assumed, Options);
}
