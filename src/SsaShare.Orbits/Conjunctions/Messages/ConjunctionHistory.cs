using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How an event looked in one of its messages.</summary>
/// <param name="Message">What it says.</param>
/// <param name="RadiusKm">Of both objects together.</param>
/// <param name="Assessment">Of its figures.</param>
public sealed record ConjunctionUpdate(ConjunctionMessage Message, double RadiusKm, ProbabilityAssessment Assessment)
{
    /// <summary>From the message's creation to the closest approach, s; below 0 where it was made afterwards.</summary>
    public double SecondsToApproach => Message.Approach.Time.SecondsSince(Message.Created);

    /// <summary>At the closest approach, km; as stated where there is no relative velocity to find it.</summary>
    public double MissKm => Assessment.Geometry?.MissDistanceKm ?? Message.Approach.MissDistanceKm;

    /// <summary>By the recommended method; null where there is none.</summary>
    public double? Probability => Assessment.Recommended.Probability;

    /// <summary>The largest that a change of the covariance's size can give; null where it was not computed.</summary>
    public double? MaximumProbability => Assessment.Maximum?.Probability;

    /// <summary>Combined one-sigma error in the plane across the relative velocity, along its longer axis, km.</summary>
    public double? SigmaMajorKm => Assessment.Geometry?.Plane.SigmaMajorKm;

    /// <summary>Likewise along the shorter axis, km.</summary>
    public double? SigmaMinorKm => Assessment.Geometry?.Plane.SigmaMinorKm;

    /// <summary>Of the miss in that plane, dimensionless.</summary>
    public double? Mahalanobis => Assessment.Geometry?.Mahalanobis;

    /// <summary>Whether the covariance is larger than the one that gives the highest probability, so that a low figure says little; null where that was not computed.</summary>
    public bool? IsDiluted => Assessment.Maximum?.IsDiluted;
}

/// <summary>Where the probability of an event goes.</summary>
public enum ProbabilityTrend
{
    /// <summary>Fewer than two messages have a probability.</summary>
    Unknown = 0,
    /// <summary>Within a factor of two.</summary>
    Steady = 1,
    Rising = 2,
    Falling = 3,
}

/// <summary>How probability, miss and covariance of an event evolved from message to message. Immutable.</summary>
/// <param name="Event">The approach.</param>
/// <param name="Updates">In order of creation; of those messages that could be assessed.</param>
public sealed record ConjunctionHistory(ConjunctionEvent Event, IReadOnlyList<ConjunctionUpdate> Updates)
{
    /// <summary>A change by less than this factor is none.</summary>
    public const double SteadyFactor = 2;

    /// <summary>From the message before the last to the last, of those that have a probability.</summary>
    public ProbabilityTrend Trend
    {
        get
        {
            double[] known = [.. Updates.Select(update => update.Probability).OfType<double>()];
            if (known.Length < 2) return ProbabilityTrend.Unknown;
            double before = known[^2], now = known[^1];
            // Multiplied, not divided: either may be 0.
            return now > SteadyFactor * before ? ProbabilityTrend.Rising : before > SteadyFactor * now ? ProbabilityTrend.Falling : ProbabilityTrend.Steady;
        }
    }

    /// <summary>The message in which the probability was highest; null where none has one.</summary>
    public ConjunctionUpdate? Highest => Updates.Where(update => update.Probability is not null).MaxBy(update => update.Probability);

    /// <summary>
    /// How far the place of passing moved from the message before the last to the last, in units of what the former said of its own errors: above about 3 that was too small. Null with fewer than two messages,
    /// without a plane, or where the messages name the objects in another order.
    /// </summary>
    /// <remarks>
    /// The change of the miss in the plane of the former message, against its covariance. Were the later orbit exact, its square would be distributed as chi-square with two degrees of freedom; what is later
    /// known only better, not exactly, makes it smaller.
    /// </remarks>
    public double? LastChangeSigmas => Updates.Count < 2 ? null : Change(Updates[^2], Updates[^1]);

    /// <param name="messages">Of any events, in any order.</param>
    /// <param name="assess">Gives the radius of both objects and the assessment; null for a message that has none, which is left out.</param>
    public static IReadOnlyList<ConjunctionHistory> Of(IEnumerable<ConjunctionMessage> messages, Func<ConjunctionMessage, ConjunctionUpdate?> assess)
        => [.. ConjunctionEvent.Group(messages).Select(one => new ConjunctionHistory(one, [.. one.Messages.Select(assess).OfType<ConjunctionUpdate>()]))];

    private static double? Change(ConjunctionUpdate before, ConjunctionUpdate now)
    {
        if (before.Message.First.Designator != now.Message.First.Designator || before.Assessment.Geometry is not { } plane || now.Assessment.Geometry is not { } later) return null;
        // Both planes have their up along the radial direction: their axes agree but for what the orbits themselves have moved.
        double x = later.MissXKm - plane.MissXKm, y = later.MissYKm - plane.MissYKm;
        var (sin, cos) = Math.SinCos(plane.MajorAxisAngleRad);
        double major = (cos * x + sin * y) / plane.Plane.SigmaMajorKm, minor = (cos * y - sin * x) / plane.Plane.SigmaMinorKm;
        return Math.Sqrt(major * major + minor * minor);
    }
}
