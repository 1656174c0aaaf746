using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Why there is no message of an approach.</summary>
public enum NoMessageReason
{
    /// <summary>An object has no state at the closest approach.</summary>
    NoState = 1,
    /// <summary>Nothing is known of an object's errors, and a message must state a covariance.</summary>
    NoCovariance = 2,
    /// <summary>An object falls straight down: it has no radial, transverse and normal axes.</summary>
    NoAxes = 3,
    /// <summary>The objects are not where the approach says: they move otherwise than those that were screened.</summary>
    OtherMotion = 4,
    /// <summary>The message has no time of UTC: before 1972.</summary>
    NoUtc = 5,
}

/// <summary>What came of making a message.</summary>
public abstract record ConjunctionMessageOutcome
{
    private ConjunctionMessageOutcome() { }

    /// <param name="Message">Whole.</param>
    /// <param name="Assessment">Of the figures as the message states them, errors independent; null where a radius is missing, or the objects touch and move together.</param>
    public sealed record Made(ConjunctionMessage Message, ProbabilityAssessment? Assessment) : ConjunctionMessageOutcome;

    /// <param name="Reason">Which.</param>
    /// <param name="Id">Of the object that is the reason; null where it is both.</param>
    /// <param name="Text">In words.</param>
    public sealed record NotMade(NoMessageReason Reason, long? Id, string Text) : ConjunctionMessageOutcome;
}
