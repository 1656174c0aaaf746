namespace SsaShare.Orbits;

/// <summary>How a sequential filter works. The defaults suit radar observations of an object whose forces are modelled as for a published orbit.</summary>
public sealed record SequentialFilterOptions
{
    /// <summary>What the force model does not know; null (default) for <see cref="OrbitProcessNoise.For"/> the regime of the starting state.</summary>
    public OrbitProcessNoise? ProcessNoise { get; init; }

    /// <summary>Share of good observations that the gate may refuse, 0 (no gate) to 0.5. Default 1e-5: for three figures a normalised innovation squared above 25.9.</summary>
    public double GateProbability { get; init; } = 1e-5;

    /// <summary>
    /// Errors of one sensor that lie closer together in time than this are one error, not several. An observation that follows another of its sensor after less adds as much information
    /// as its share of this time. Default 60 s, as in <see cref="OrbitFitOptions"/>; 0 takes every observation as independent.
    /// </summary>
    public double CorrelationSeconds { get; init; } = 60;

    /// <summary>Whether a bias of each sensor and kind is estimated, or the published one kept. Default: estimated.</summary>
    public bool EstimateBiases { get; init; } = true;

    /// <summary>
    /// What is unknown of a bias before the first observation, in shares of the sensor's noise; null (default) for the larger of noise and published bias, the right answer where nobody calibrates.
    /// </summary>
    public double? BiasSigmaInNoise { get; init; }

    /// <summary>Time in which a bias forgets itself and returns to the published figure, s. Default: infinity, a constant.</summary>
    public double BiasTimeConstantS { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Time in which the error of a sensor's platform forgets itself, s. It is six states of the filter, in the platform's radial, transverse and normal axes, for a platform that states
    /// a covariance. Default 1,800: the error of an orbit turns with the revolution, and taken as constant over several of them it makes the filter trust itself several times too much;
    /// with the default a simulated platform's leaves a NEES of about twice what it should be. Infinity for errors that do keep their place in these axes, for which it is then exact.
    /// </summary>
    public double PlatformTimeConstantS { get; init; } = 1_800;

    /// <summary>As many observations refused one after the other, and the orbit counts as lost: a manoeuvre, or a wrong object. Default 12.</summary>
    public int LostAfter { get; init; } = 12;

    /// <summary>Longest step over which process noise is added as one, s. Default 300.</summary>
    public double LongestStepS { get; init; } = 300;

    /// <summary>
    /// Whether every step is kept: needed for a run's estimates and for the smoother; some 3 kB each. Default: it is. Without it a <see cref="FilterSession"/> that is fed by hand
    /// keeps no results but the latest either, so that it may live as long as its sensors.
    /// </summary>
    public bool KeepSteps { get; init; } = true;

    /// <exception cref="ArgumentException">A figure is outside its range.</exception>
    internal void Check()
    {
        if (!(GateProbability is >= 0 and <= 0.5)) throw new ArgumentException($"{nameof(GateProbability)} is {GateProbability}, expected 0 to 0.5.");
        if (!(CorrelationSeconds >= 0)) throw new ArgumentException($"{nameof(CorrelationSeconds)} is {CorrelationSeconds}, expected 0 or more.");
        if (BiasSigmaInNoise is { } share && !(share is >= 0 and < double.PositiveInfinity)) throw new ArgumentException($"{nameof(BiasSigmaInNoise)} is {share}, expected 0 or more.");
        if (!(BiasTimeConstantS > 0)) throw new ArgumentException($"{nameof(BiasTimeConstantS)} is {BiasTimeConstantS}, expected more than 0.");
        if (!(PlatformTimeConstantS > 0)) throw new ArgumentException($"{nameof(PlatformTimeConstantS)} is {PlatformTimeConstantS}, expected more than 0.");
        if (LostAfter < 1) throw new ArgumentException($"{nameof(LostAfter)} is {LostAfter}, expected 1 or more.");
        if (!(LongestStepS is >= 1 and <= 3_600)) throw new ArgumentException($"{nameof(LongestStepS)} is {LongestStepS}, expected 1 to 3600.");
    }
}
