using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Computes what is asked of a pair, and says which figure to use.</summary>
/// <remarks>
/// The order of Hall, Baars and Casali 2023, AAS 23-398: straight lines where they will do, else curved paths with a short passage, else the rate over the whole passage, else trials. Methods on curved
/// paths take the states and their epoch as stated; those in two dimensions the states at the true closest approach.
/// </remarks>
public static class ProbabilityAssessor
{
    /// <summary>Farther than this the stated time was more than rounded, s.</summary>
    private const double RoundedSeconds = 0.001;

    /// <summary>As <see cref="Assess(ConjunctionPair, ProbabilityOptions)"/>, each covariance checked first, and remedied or refused.</summary>
    /// <param name="firstCovariance">In the frame of the state; null where there is none.</param>
    /// <param name="secondCovariance">In the frame of the state; null where there is none.</param>
    /// <param name="hardBodyRadiusKm">Sum of both radii, above 0.</param>
    /// <exception cref="ArgumentException">As of <see cref="ConjunctionPair"/>.</exception>
    public static ProbabilityAssessment Assess(CartesianState first, Covariance6? firstCovariance, CartesianState second, Covariance6? secondCovariance, double hardBodyRadiusKm,
        ProbabilityOptions options, SharedError? shared = null)
    {
        CovarianceVerdict one = CovarianceCheck.Examine(first, firstCovariance, options.Defaults), two = CovarianceCheck.Examine(second, secondCovariance, options.Defaults);
        List<ProbabilityWarning> warnings =
        [
            .. one.Remarks.Select(remark => new ProbabilityWarning(ProbabilityWarningKind.FirstCovariance, remark.Text)),
            .. two.Remarks.Select(remark => new ProbabilityWarning(ProbabilityWarningKind.SecondCovariance, remark.Text)),
        ];
        if (one.Usable is null || two.Usable is null) return new ProbabilityAssessment(new RecommendedProbability(ProbabilityMethods.None, null, "A covariance is missing and no default was allowed."), warnings);
        return Assess(new ConjunctionPair(first, one.Usable, second, two.Usable, hardBodyRadiusKm) { Shared = shared }, options, warnings);
    }

    /// <summary>The covariances are taken as they are.</summary>
    public static ProbabilityAssessment Assess(ConjunctionPair pair, ProbabilityOptions options) => Assess(pair, options, []);

    private static ProbabilityAssessment Assess(ConjunctionPair pair, ProbabilityOptions options, List<ProbabilityWarning> warnings)
    {
        var result = new ProbabilityAssessment(new RecommendedProbability(ProbabilityMethods.None, null, ""), warnings);
        if (ClosestApproachShift.TryMove(pair, options.Motion, out var moved, out double seconds))
        {
            result = result with { ClosestApproach = moved.First.Epoch, MovedSeconds = seconds };
            if (Math.Abs(seconds) > RoundedSeconds) Warn(ProbabilityWarningKind.TimeMoved, FormattableString.Invariant($"The closest approach is {seconds:F3} s from the stated time."));
        }
        if (EncounterGeometry.TryOf(moved, out var geometry)) result = Straight(result with { Geometry = geometry }, geometry!, options, Warn);
        bool isCurved = CurvilinearEncounter.TryOf(pair, out var curved);
        if (isCurved)
        {
            var brief = ShortCurvedEncounter.Of(curved!);
            var usage = Usage(result, brief, curved!, pair.RelativeVelocityKmPerS.Norm);
            bool needsLong = usage is not { IsShort: true } || options.Methods.HasFlag(ProbabilityMethods.LongCurved);
            result = result with { ShortCurved = brief, Usage = usage, LongCurved = needsLong ? LongCurvedEncounter.Of(curved!, LongCurvedEncounter.Passage(curved!)) : null };
            if (options.Methods.HasFlag(ProbabilityMethods.ShortCurved) && brief is ExpectedCollisions.Failed a) Warn(ProbabilityWarningKind.MethodFailed, $"{nameof(ProbabilityMethods.ShortCurved)}: {a.Reason}.");
            if (result.LongCurved is ExpectedCollisions.Failed b) Warn(ProbabilityWarningKind.MethodFailed, $"{nameof(ProbabilityMethods.LongCurved)}: {b.Reason}.");
        }
        if (pair.RelativeVelocityKmPerS.Norm <= EncounterUsage.SlowestKmPerS) Warn(ProbabilityWarningKind.Slow, "The objects are slower than 10 m/s against each other: the expected number may count several touches.");
        if (options.Methods.HasFlag(ProbabilityMethods.MonteCarlo)) result = Trials(result, pair, options.MonteCarlo, Warn);
        var recommended = ProbabilityRecommendation.Of(result);
        if (result.MonteCarlo is { } trials && recommended.Probability is { } figure && (figure < trials.Low || figure > trials.High))
            Warn(ProbabilityWarningKind.OutsideInterval, FormattableString.Invariant($"Trials give {trials.Low:G3} to {trials.High:G3}, the recommended method {figure:G3}."));
        return result with { Recommended = recommended };

        void Warn(ProbabilityWarningKind kind, string text) => warnings.Add(new ProbabilityWarning(kind, text));
    }

    private static ProbabilityAssessment Straight(ProbabilityAssessment result, EncounterGeometry geometry, ProbabilityOptions options, Action<ProbabilityWarningKind, string> warn)
    {
        if (geometry.IsRaised) warn(ProbabilityWarningKind.PlaneRaised, "The combined covariance across the relative velocity is not positive definite; its least sigma was raised to 1e-4 of the radius.");
        result = result with { TwoDimensional = FosterProbability.Of(geometry.Plane) };
        if (options.Methods.HasFlag(ProbabilityMethods.Series) && SeriesProbability.TryOf(geometry.Plane, out double series, out _)) result = result with { Series = series };
        if (!options.Methods.HasFlag(ProbabilityMethods.Maximum)) return result;
        var maximum = MaximumProbability.OverScale(geometry.Plane);
        if (maximum.IsDiluted) warn(ProbabilityWarningKind.Diluted, FormattableString.Invariant($"With sigmas {maximum.SigmaScale:G3} times as large the probability would be {maximum.Probability:G3}."));
        return result with { Maximum = maximum };
    }

    private static ProbabilityAssessment Trials(ProbabilityAssessment result, ConjunctionPair pair, MonteCarloOptions options, Action<ProbabilityWarningKind, string> warn)
    {
        if (!MonteCarloProbability.TryOf(pair, options, out var estimate))
        {
            warn(ProbabilityWarningKind.MethodFailed, $"{nameof(ProbabilityMethods.MonteCarlo)}: {CollisionsFailure.NotElliptic}.");
            return result;
        }
        if (estimate!.Escaped > 0) warn(ProbabilityWarningKind.SamplesEscaped, FormattableString.Invariant($"{estimate.Escaped} of {estimate.Trials} samples are on no ellipse."));
        return result with { MonteCarlo = estimate };
    }

    private static EncounterUsage? Usage(ProbabilityAssessment result, ExpectedCollisions brief, CurvilinearEncounter curved, double speed)
    {
        if (brief is not ExpectedCollisions.Found found || result.TwoDimensional is not { } straight) return null;
        double span = EncounterUsage.SigmasOfDuration * (found.ToSeconds - found.FromSeconds) / (2 * ShortCurvedEncounter.SigmasOfSpan), period = curved.ShorterPeriodSeconds;
        double least = Math.Min(straight, found.Probability), most = Math.Max(straight, found.Probability);
        return new EncounterUsage(Math.Min(1, 2 * span / period), Math.Min(1, (Math.Abs(found.PeakSeconds) + span) / period), most > 0 ? 1 - least / most : 0, speed);
    }
}
