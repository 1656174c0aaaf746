namespace SsaShare.Orbits;

/// <summary>Why SGP4 has no answer, 1 to 6 with the numbers that every implementation of it uses (Vallado et al. 2006, AIAA 2006-6753).</summary>
public enum Sgp4Error : byte
{
    None = 0,
    /// <summary>The mean eccentricity left -0.001 to 1.</summary>
    MeanEccentricity = 1,
    /// <summary>The mean motion is not above 0.</summary>
    MeanMotion = 2,
    /// <summary>With the periodics of Sun and Moon the eccentricity left 0 to 1.</summary>
    PerturbedEccentricity = 3,
    /// <summary>The semi-latus rectum is below 0; here already below a billionth of the Earth's radius.</summary>
    SemiLatusRectum = 4,
    /// <summary>The elements lie below the ground at their own epoch. No longer raised by the standard, nor here; the number stays taken.</summary>
    EpochElementsSuborbital = 5,
    /// <summary>The satellite is less than an Earth radius from the centre: it has decayed.</summary>
    Decayed = 6,
    /// <summary>Our own: the time is more than 2e8 minutes (380 years) from the epoch or an angle has grown beyond 1e9 rad, where nothing is left of its digits.</summary>
    OutOfReach = 7,
}

public static class Sgp4Errors
{
    /// <summary>One sentence for a person.</summary>
    public static string Describe(this Sgp4Error error) => error switch
    {
        Sgp4Error.None => "No error.",
        Sgp4Error.MeanEccentricity => "The mean eccentricity is outside -0.001 to 1.",
        Sgp4Error.MeanMotion => "The mean motion is not above zero.",
        Sgp4Error.PerturbedEccentricity => "The eccentricity perturbed by Sun and Moon is outside 0 to 1.",
        Sgp4Error.SemiLatusRectum => "The semi-latus rectum is below zero.",
        Sgp4Error.EpochElementsSuborbital => "The elements are below the ground at their epoch.",
        Sgp4Error.Decayed => "The satellite has decayed: it is less than one Earth radius from the centre.",
        Sgp4Error.OutOfReach => "The time is too far from the epoch, or an angle too large to have a direction.",
        _ => $"Unknown SGP4 error {(int)error}.",
    };
}
