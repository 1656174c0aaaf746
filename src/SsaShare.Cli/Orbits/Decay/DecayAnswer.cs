using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>When one object comes down, or why that is not told.</summary>
/// <param name="Start">Its orbit.</param>
/// <param name="BallisticM2PerKg">What it was computed with; null when that is not known.</param>
/// <param name="Prediction">Null when there is none.</param>
/// <param name="Reason">A word for programs; null where there is a prediction.</param>
/// <param name="Explanation">The same for people.</param>
/// <param name="IsFailure">The object was not understood, or something is missing; otherwise the reason is an answer too, such as that it stays up.</param>
internal sealed record DecayAnswer(OrbitStart Start, double? BallisticM2PerKg, DecayPrediction? Prediction, string? Reason = null, string? Explanation = null, bool IsFailure = false)
{
    private const double SecondsPerDay = 86_400;

    /// <summary>Median where half of the cases end, else the best estimate.</summary>
    public Domain.Epoch? Middle => Prediction?.Median ?? Prediction?.Nominal;

    /// <summary>From the orbit's epoch to <see cref="Middle"/>.</summary>
    public double? Days => Middle is { } middle ? middle.SecondsSince(Start.Epoch) / SecondsPerDay : null;

    public static DecayAnswer Of(OrbitStart start, double ballistic, DecayOutcome outcome) => outcome switch
    {
        DecayOutcome.Predicted(var prediction) => new DecayAnswer(start, ballistic, prediction),
        DecayOutcome.NotPredicted(var reason, var explanation) => new DecayAnswer(start, ballistic, null, Word(reason), explanation, reason is NoDecayReason.ActivityUnknown or NoDecayReason.NotInOrbit),
        _ => throw new InvalidOperationException("A decay is predicted or not."),
    };

    private static string Word(NoDecayReason reason) => reason switch
    {
        NoDecayReason.NoDrag => "no_drag",
        NoDecayReason.TooLong => "too_long",
        NoDecayReason.ActivityUnknown => "activity_unknown",
        NoDecayReason.ThirdBodies => "third_bodies",
        _ => "not_in_orbit",
    };
}
