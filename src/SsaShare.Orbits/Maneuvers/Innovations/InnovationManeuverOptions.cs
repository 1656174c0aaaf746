namespace SsaShare.Orbits;

/// <summary>How manoeuvres are looked for in the innovations of a filter.</summary>
public sealed record InnovationManeuverOptions
{
    /// <summary>Observations further apart than this belong to different tracks, s; a manoeuvre is looked for between tracks. Default 600.</summary>
    public double TrackGapS { get; init; } = 600;

    /// <summary>Of the observations of a sensor one in this time is looked at, s: errors closer together are nearly the same. Default 15; 0 for all.</summary>
    public double ThinningS { get; init; } = 15;

    /// <summary>Tracks after a gap that decide about it: how late a manoeuvre is reported at most. Default 4.</summary>
    public int Tracks { get; init; } = 4;

    /// <summary>Time after the start in which nothing is judged, s: orbit, coefficients and biases have to be known before a change of them can be. Default a day.</summary>
    public double SettlingS { get; init; } = 86_400;

    /// <summary>
    /// Likelihood ratio from which on it is a manoeuvre. Default 35, chosen and not derived: where noises and forces are as stated, no alarm without cause in the simulated days of the tests;
    /// in 14 days of real tracks of LCS-1, a sphere without engines, one, with a ratio of 287: no threshold that finds small burns would have kept it out.
    /// </summary>
    public double Threshold { get; init; } = 35;

    /// <summary>Share of the threshold that must be left without the track that speaks most for the manoeuvre, so that no single bad track makes one. Default 0.25.</summary>
    public double ShareOfOthers { get; init; } = 0.25;

    /// <summary>Most that one independent observation may say for or against: normalised innovation squared. Default 30.</summary>
    public double MostPerObservation { get; init; } = 30;

    /// <summary>One sigma of each component of an impulse beforehand, m/s; several times the largest that is expected. Default 30.</summary>
    public double ImpulseSigmaMPerS { get; init; } = 30;
}
