namespace SsaShare.Agreements;

/// <summary>How much of each quantity is hidden: one-sigma noise or rounding step; null leaves the quantity as it is. Every figure is a <see cref="LadderStep"/>.</summary>
/// <remarks>A profile has such figures, and so has the safety-of-flight minimum of an agreement, which they must not exceed.</remarks>
public sealed record DegradationFigures
{
    /// <inheritdoc cref="DegradedFigure.RangeSigmaKm"/>
    public double? RangeSigmaKm { get; init; }

    /// <inheritdoc cref="DegradedFigure.RangeRateSigmaKmPerS"/>
    public double? RangeRateSigmaKmPerS { get; init; }

    /// <inheritdoc cref="DegradedFigure.AngleSigmaDeg"/>
    public double? AngleSigmaDeg { get; init; }

    /// <inheritdoc cref="DegradedFigure.PositionSigmaKm"/>
    public double? PositionSigmaKm { get; init; }

    /// <inheritdoc cref="DegradedFigure.VelocitySigmaKmPerS"/>
    public double? VelocitySigmaKmPerS { get; init; }

    /// <inheritdoc cref="DegradedFigure.EpochStepS"/>
    public double? EpochStepS { get; init; }

    /// <inheritdoc cref="DegradedFigure.ElementAngleStepDeg"/>
    public double? ElementAngleStepDeg { get; init; }

    /// <inheritdoc cref="DegradedFigure.EccentricityStep"/>
    public double? EccentricityStep { get; init; }

    /// <inheritdoc cref="DegradedFigure.MeanMotionStepRevPerDay"/>
    public double? MeanMotionStepRevPerDay { get; init; }

    /// <summary>The figure named; null when the quantity is left as it is.</summary>
    public double? this[DegradedFigure figure] => figure switch
    {
        DegradedFigure.PositionSigmaKm => PositionSigmaKm,
        DegradedFigure.RangeSigmaKm => RangeSigmaKm,
        DegradedFigure.AngleSigmaDeg => AngleSigmaDeg,
        DegradedFigure.RangeRateSigmaKmPerS => RangeRateSigmaKmPerS,
        DegradedFigure.VelocitySigmaKmPerS => VelocitySigmaKmPerS,
        DegradedFigure.EpochStepS => EpochStepS,
        DegradedFigure.ElementAngleStepDeg => ElementAngleStepDeg,
        DegradedFigure.EccentricityStep => EccentricityStep,
        DegradedFigure.MeanMotionStepRevPerDay => MeanMotionStepRevPerDay,
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "Not a figure of a profile."),
    };

    /// <summary>The figure named as a step of its ladder; null when the quantity is left as it is.</summary>
    /// <exception cref="InvalidOperationException">The figure is no step of the ladder, or outside <see cref="Range"/>.</exception>
    public LadderStep? Step(DegradedFigure figure)
    {
        if (this[figure] is not { } value) return null;
        var (least, greatest) = Range(figure);
        return LadderStep.TryOf(value, out var step) && step >= least && step <= greatest
            ? step
            : throw new InvalidOperationException($"{figure} is {value}: expected 1, 2 or 5 × 10^n from {least} to {greatest}.");
    }

    /// <summary>Whether nothing is hidden.</summary>
    public bool IsEmpty => Enum.GetValues<DegradedFigure>().All(figure => this[figure] is null);

    /// <summary>The figures that hide more than <paramref name="minimum"/> lets them; one that the minimum leaves out may hide nothing.</summary>
    public IEnumerable<DegradedFigure> Exceeding(DegradationFigures minimum)
        => Enum.GetValues<DegradedFigure>().Where(figure => this[figure] is { } value && !(value <= minimum[figure]));

    /// <summary>
    /// The least and the greatest value of a figure. Below the least there is nothing to hide; above the greatest the record is no measurement
    /// any more, and the first-order statistics by which a receiver's normalised error stays honest do not hold.
    /// </summary>
    public static (LadderStep Least, LadderStep Greatest) Range(DegradedFigure figure) => figure switch
    {
        DegradedFigure.PositionSigmaKm => Between(0.001, 1_000),
        DegradedFigure.RangeSigmaKm => Between(0.001, 100),
        DegradedFigure.AngleSigmaDeg => Between(0.0001, 5),
        DegradedFigure.RangeRateSigmaKmPerS => Between(0.000_001, 1),
        DegradedFigure.VelocitySigmaKmPerS => Between(0.000_001, 1),
        DegradedFigure.EpochStepS => Between(0.001, 50),
        DegradedFigure.ElementAngleStepDeg => Between(0.0001, 10),
        DegradedFigure.EccentricityStep => Between(0.000_000_1, 0.1),
        DegradedFigure.MeanMotionStepRevPerDay => Between(0.000_000_01, 0.1),
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "Not a figure of a profile."),
    };

    private static (LadderStep, LadderStep) Between(double least, double greatest)
        => LadderStep.TryOf(least, out var from) && LadderStep.TryOf(greatest, out var to)
            ? (from, to)
            : throw new ArgumentException($"{least} or {greatest} is no step of the ladder.", nameof(least));
}
