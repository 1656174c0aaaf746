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
        if (one.Usable is null || two.Usable is null) return new ProbabilityAssessment(new RecommendedProbability(ProbabilityMethods.None, null, "A covariance is missing and no default was allowed: without it there is no probability."), warnings);
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
            if (Math.Abs(seconds) > RoundedSeconds) Warn(ProbabilityWarningKind.TimeMoved, FormattableString.Invariant($"On straight lines the closest approach is {Math.Abs(seconds):F3} s {(seconds > 0 ? "after" : "before")} the stated time, more than its rounding explains; methods on straight lines use the states there."));
        }
        if (EncounterGeometry.TryOf(moved, out var geometry)) result = Straight(result with { Geometry = geometry }, geometry!, options, Warn);
        bool isCurved = CurvilinearEncounter.TryOf(pair, out var curved);
        if (isCurved)
        {
            var brief = ShortCurvedEncounter.Of(curved!);
            var usage = Usage(result, brief, curved!, pair.RelativeVelocityKmPerS.Norm);
            bool needsLong = usage is not { IsShort: true } || options.Methods.HasFlag(ProbabilityMethods.LongCurved);
            result = result with { ShortCurved = brief, Usage = usage, LongCurved = needsLong ? LongCurvedEncounter.Of(curved!, LongCurvedEncounter.Passage(curved!)) : null };
            if (options.Methods.HasFlag(ProbabilityMethods.ShortCurved) && brief is ExpectedCollisions.Failed a) warnings.Add(Failed(ProbabilityMethods.ShortCurved, a.Reason));
            if (result.LongCurved is ExpectedCollisions.Failed b) warnings.Add(Failed(ProbabilityMethods.LongCurved, b.Reason));
        }
        if (pair.RelativeVelocityKmPerS.Norm <= EncounterUsage.SlowestKmPerS) Warn(ProbabilityWarningKind.Slow, FormattableString.Invariant($"The objects move at {pair.RelativeVelocityKmPerS.Norm * 1e3:G3} m/s against each other, slower than 10 m/s: they may touch more than once, and an expected number counts every time. Take it as an upper bound of the probability; trials count each pair once."));
        if (options.Methods.HasFlag(ProbabilityMethods.MonteCarlo)) result = Trials(result, pair, options.MonteCarlo, warnings);
        var recommended = ProbabilityRecommendation.Of(result);
        if (result.MonteCarlo is { } trials && recommended.Probability is { } figure && (figure < trials.Low || figure > trials.High))
            Warn(ProbabilityWarningKind.OutsideInterval, FormattableString.Invariant($"The recommended figure {figure:G3} is outside what trials give, {trials.Low:G3} to {trials.High:G3}. One interval in twenty misses the truth by chance: repeat with another seed and more trials, and prefer them where they differ again."));
        return result with { Recommended = recommended };

        void Warn(ProbabilityWarningKind kind, string text) => warnings.Add(new ProbabilityWarning(kind, text));
    }

    private static ProbabilityAssessment Straight(ProbabilityAssessment result, EncounterGeometry geometry, ProbabilityOptions options, Action<ProbabilityWarningKind, string> warn)
    {
        if (geometry.IsRaised) warn(ProbabilityWarningKind.PlaneRaised, "Across the relative velocity the combined covariance is not positive definite: it has a direction without error. Its least sigma was raised to 1e-4 of the radius; ask the maker for a sound covariance.");
        result = result with { TwoDimensional = FosterProbability.Of(geometry.Plane) };
        if (options.Methods.HasFlag(ProbabilityMethods.Series) && SeriesProbability.TryOf(geometry.Plane, out double series, out _)) result = result with { Series = series };
        if (!options.Methods.HasFlag(ProbabilityMethods.Maximum)) return result;
        var maximum = MaximumProbability.OverScale(geometry.Plane);
        if (maximum.IsDiluted) warn(ProbabilityWarningKind.Diluted, maximum.SigmaScale > 0
            ? FormattableString.Invariant($"Diluted: with sigmas {maximum.SigmaScale:G3} times as large the probability would be higher, {maximum.Probability:G3}. A low figure here may mean that the orbits are poorly known, not that the pass is safe; better orbits decide.")
            : "Diluted: on the stated paths the bodies touch. Only the size of the error keeps the probability below 1; better orbits decide.");
        return result with { Maximum = maximum };
    }

    private static ProbabilityAssessment Trials(ProbabilityAssessment result, ConjunctionPair pair, MonteCarloOptions options, List<ProbabilityWarning> warnings)
    {
        if (!MonteCarloProbability.TryOf(pair, options, out var estimate))
        {
            warnings.Add(Failed(ProbabilityMethods.MonteCarlo, CollisionsFailure.NotElliptic));
            return result;
        }
        if (estimate!.Escaped > 0) warnings.Add(new ProbabilityWarning(ProbabilityWarningKind.SamplesEscaped, FormattableString.Invariant($"{estimate.Escaped} of {estimate.Trials} trials drew an orbit that leaves the Earth; they count as misses. The error is too large for a normal distribution.")) { Method = ProbabilityMethods.MonteCarlo });
        return result with { MonteCarlo = estimate };
    }

    private static ProbabilityWarning Failed(ProbabilityMethods method, CollisionsFailure reason) => new(ProbabilityWarningKind.MethodFailed, "No answer: " + reason switch
    {
        CollisionsFailure.NotElliptic => "one object is on no ellipse about the Earth. Straight lines remain.",
        CollisionsFailure.NoOverlap => "the search for where both distributions overlap does not settle, as the errors are too large to be followed on curved paths. Straight lines and trials remain; better orbits are needed.",
        CollisionsFailure.NoPeak => method == ProbabilityMethods.ShortCurved
            ? "no single instant stands out at which the objects are likeliest to touch, as for objects that stay together. Following the rate over the whole passage does not need one."
            : "the rate has no peak within the passage, as for objects that stay together, or that do not come near in this revolution. Trials remain.",
        CollisionsFailure.TooSharp => "the bodies are more than a hundred times as large as the smallest sigma. Straight lines and trials do not mind.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    }) { Method = method };

    private static EncounterUsage? Usage(ProbabilityAssessment result, ExpectedCollisions brief, CurvilinearEncounter curved, double speed)
    {
        if (brief is not ExpectedCollisions.Found found || result.TwoDimensional is not { } straight) return null;
        double span = EncounterUsage.SigmasOfDuration * (found.ToSeconds - found.FromSeconds) / (2 * ShortCurvedEncounter.SigmasOfSpan), period = curved.ShorterPeriodSeconds;
        double least = Math.Min(straight, found.Probability), most = Math.Max(straight, found.Probability);
        return new EncounterUsage(Math.Min(1, 2 * span / period), Math.Min(1, (Math.Abs(found.PeakSeconds) + span) / period), most > 0 ? 1 - least / most : 0, speed);
    }
}
