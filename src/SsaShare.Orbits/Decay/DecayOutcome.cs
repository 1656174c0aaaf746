using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How a prediction of decay ends.</summary>
public abstract record DecayOutcome
{
    private DecayOutcome() { }

    public sealed record Predicted(DecayPrediction Prediction) : DecayOutcome;

    /// <param name="Reason">Why there is no time.</param>
    /// <param name="Explanation">The same with figures, for people.</param>
    public sealed record NotPredicted(NoDecayReason Reason, string Explanation) : DecayOutcome;
}

/// <summary>Why a decay cannot be predicted.</summary>
public enum NoDecayReason
{
    /// <summary>The object has no drag, or its orbit is above the air.</summary>
    NoDrag = 1,
    /// <summary>It stays in orbit beyond the time that is followed.</summary>
    TooLong = 2,
    /// <summary>It is in orbit where the table of solar activity ends.</summary>
    ActivityUnknown = 3,
    /// <summary>Sun and Moon move its perigee more than drag: the apogee is too high for this method.</summary>
    ThirdBodies = 4,
    /// <summary>The state is not that of an object in orbit around the Earth.</summary>
    NotInOrbit = 5,
}

/// <summary>When an object comes down.</summary>
/// <param name="Nominal">With everything at its best estimate.</param>
/// <param name="Early">Before this instant in 5 % of cases; null where fewer of them end before the time that is followed, or the table of activity, does.</param>
/// <param name="Median">Half of the cases each way; null where fewer than half of them end by then.</param>
/// <param name="Late">After this instant in 5 % of cases; null where more of them are still in orbit then.</param>
/// <param name="GreatestLatitudeRad">It comes down between this latitude south and north.</param>
/// <param name="Samples">Each computed decay, ascending; those without an end left out.</param>
/// <param name="Warning">What the user has to know of the solar activity that it rests on; null where all of it was measured.</param>
public sealed record DecayPrediction(Epoch Nominal, Epoch? Early, Epoch? Median, Epoch? Late, double GreatestLatitudeRad, IReadOnlyList<Epoch> Samples, string? Warning);
