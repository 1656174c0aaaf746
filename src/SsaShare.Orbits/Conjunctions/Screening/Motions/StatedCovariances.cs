using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Covariances stated along a motion: of motions that follow each other, each one's alone, as a sure orbit makes no other one sure. Immutable; safe for concurrent use.</summary>
public sealed class StatedCovariances
{
    private readonly (Epoch From, CovarianceHistory? History)[] _turns;

    /// <param name="all">Of the whole motion.</param>
    public StatedCovariances(CovarianceHistory all) => _turns = [(all.Span.First, all)];

    /// <param name="turns">Which counts from when on, in order of time; null where none is stated. At least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public StatedCovariances(IEnumerable<(Epoch From, CovarianceHistory? History)> turns)
    {
        _turns = [.. turns];
        if (_turns.Length == 0) throw new ArgumentException("Expected a covariance.", nameof(turns));
    }

    /// <returns>What counts at an instant, before the first what counts there; null where none is stated.</returns>
    public CovarianceHistory? At(Epoch epoch)
    {
        int at = Array.FindLastIndex(_turns, turn => turn.From <= epoch);
        return _turns[Math.Max(0, at)].History;
    }
}
