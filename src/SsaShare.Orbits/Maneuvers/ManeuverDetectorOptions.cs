namespace SsaShare.Orbits;

/// <summary>How manoeuvres are looked for in element histories. The defaults were set with Jason-2 and CryoSat-2 in view (docs/accuracy.md).</summary>
public sealed record ManeuverDetectorOptions
{
    public static ManeuverDetectorOptions Default { get; } = new();

    /// <summary>
    /// Element sets this long before an instant decide on it, and after it three days longer, since sets may follow slowly; how noisy the sets are
    /// is taken from 50 sets before and 8 after. Nothing later is looked at: with the default of 5 days and a set a day, a manoeuvre is settled nine days after it.
    /// </summary>
    public double WindowDays { get; init; } = 5;

    /// <summary>Change of rate over its standard deviation from which on it is a manoeuvre. Default 12.</summary>
    public double Threshold { get; init; } = 12;

    /// <summary>The same between two successive sets that show a manoeuvre by themselves, and of the jump of place that two burns between them leave. Default 16.</summary>
    public double StepThreshold { get; init; } = 16;

    /// <summary>Smallest change of velocity along the track, m/s. Default 0.001.</summary>
    public double SmallestDeltaVMPerS { get; init; } = 0.001;

    /// <summary>Manoeuvres closer together are not told apart, unless successive sets show them. Default 0.3 days.</summary>
    public double SeparationDays { get; init; } = 0.3;

    /// <summary>Least standard deviation of a set's place along the track, km. Default 0.03.</summary>
    public double LeastNoiseKm { get; init; } = 0.03;
}
