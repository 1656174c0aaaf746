using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A motion that was followed or is stated, with what is known of its errors. Two are equal when they hold the same instances.</summary>
/// <param name="Motion">TEME of date.</param>
/// <param name="Stated">Covariances along it; null where none is stated.</param>
/// <param name="Assumed">What stands in for them where there is none; null where nothing may.</param>
/// <param name="Determined">Epoch of what the motion was followed from: the age of what is assumed counts from here.</param>
public sealed record UncertainEphemeris(IScreenedMotion Motion, StatedCovariances? Stated, AssumedUncertainty? Assumed, Epoch Determined) : IUncertainMotion
{
    /// <summary>What errors of planned burns add to covariances, from the first of its instants on; null where none is stated.</summary>
    public CovarianceHistory? BurnErrors { get; init; }

    public bool Covers(Epoch epoch)
    {
        if (epoch < Motion.First || epoch > Motion.Last) return false;
        Motion.At(epoch, out var position, out _);
        return position.IsFinite;
    }

    public CartesianState StateAt(Epoch epoch)
    {
        Motion.At(epoch, out var position, out var velocity);
        if (!position.IsFinite) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "There is a gap in the ephemeris.");
        return Fk5.TemeToGcrf(new CartesianState(epoch, Frame.Teme, position, velocity));
    }

    public UncertaintyAt? UncertaintyAt(Epoch epoch)
    {
        var state = StateAt(epoch);
        var sure = Stated?.At(epoch) is { } history ? new UncertaintyAt(history.At(state), CovarianceOrigin.Calculated) { CarriedFrom = history.SourceOf(epoch) } : Assumed?.At(state, Determined);
        if (sure is null || BurnErrors is null || epoch < BurnErrors.Span.First) return sure;
        var added = BurnErrors.At(state);
        Span<double> sum = stackalloc double[21];
        for (int i = 0; i < sum.Length; i++) sum[i] = sure.Covariance.Lower[i] + added.Lower[i];
        return sure with { Covariance = new Covariance6(sum) };
    }

    public ScreenedObject ToScreened(long id, ScreeningVolume? volume = null) => new ScreenedEphemeris(id, Motion, volume);
}

/// <summary>What came of following an object or of reading its ephemeris.</summary>
/// <param name="Motion">Null where there is none; <paramref name="Losses"/> say why.</param>
/// <param name="Losses">What of the span has no state, and why.</param>
/// <param name="Remarks">What whoever reads the result should know: burns that were found, points that do not fit.</param>
public sealed record MotionFound(UncertainEphemeris? Motion, IReadOnlyList<string> Losses, IReadOnlyList<string> Remarks);
