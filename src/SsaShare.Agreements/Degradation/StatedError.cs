using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Whether a mark states the error that its profile adds: a recipient that is told less would trust the record too much.</summary>
public static class StatedError
{
    private const double RadPerDeg = Math.PI / 180, Tolerance = 1e-9;

    /// <summary>
    /// Compares what a mark states with a profile. Of an observation a sigma may be absent, since the record need not have the quantity; all that is stated must be
    /// the profile's. Whether the values themselves are as noisy as that nobody but the provider can tell.
    /// </summary>
    public static bool IsOf(DegradationMark mark, DegradationProfile profile, RecordClass recordClass)
    {
        if (mark.Profile != profile.Id || !mark.Removed.AsSpan().SequenceEqual(profile.Remove.AsSpan())) return false;
        var (added, figures) = (mark.Added, profile.Figures);
        if (!IsSame(added.EpochS, figures.EpochStepS / Math.Sqrt(3))) return false;
        return recordClass switch
        {
            RecordClass.Observation => IsOfObservation(added, figures) && (added with { RangeKm = null, RangeRateKmPerS = null, AzimuthRad = null, ElevationRad = null, EpochS = null }) == new AddedSigma(),
            RecordClass.OrbitState => IsSame(added.PositionKm, figures.PositionSigmaKm) && IsSame(added.VelocityKmPerS, figures.VelocitySigmaKmPerS)
                && (added with { PositionKm = null, VelocityKmPerS = null, EpochS = null }) == new AddedSigma(),
            RecordClass.ElementSet => IsSame(added.ElementAngleRad, Rounded(figures, DegradedFigure.ElementAngleStepDeg) * RadPerDeg)
                && IsSame(added.Eccentricity, Rounded(figures, DegradedFigure.EccentricityStep)) && IsSame(added.MeanMotionRevPerDay, Rounded(figures, DegradedFigure.MeanMotionStepRevPerDay))
                && (added with { ElementAngleRad = null, Eccentricity = null, MeanMotionRevPerDay = null, EpochS = null }) == new AddedSigma(),
            _ => false,
        };
    }

    private static bool IsOfObservation(AddedSigma added, DegradationFigures figures)
    {
        double? angleRad = figures.AngleSigmaDeg * RadPerDeg;
        bool azimuth = added.AzimuthRad is null || (added.AzimuthRad >= angleRad * (1 - Tolerance) && added.AzimuthRad <= Math.PI);
        return azimuth && (added.RangeKm is null || IsSame(added.RangeKm, figures.RangeSigmaKm)) && (added.RangeRateKmPerS is null || IsSame(added.RangeRateKmPerS, figures.RangeRateSigmaKmPerS))
            && (added.ElevationRad is null || IsSame(added.ElevationRad, angleRad));
    }

    private static double? Rounded(DegradationFigures figures, DegradedFigure figure)
        => figures.Step(figure) is { } step ? Math.Sqrt(NestedRounding.Variance(DegradationFigures.Range(figure).Least, step)) : null;

    private static bool IsSame(double? stated, double? expected) => stated is { } a && expected is { } b ? Math.Abs(a - b) <= Tolerance * b : stated is null && expected is null;
}
