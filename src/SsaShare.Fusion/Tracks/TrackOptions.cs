namespace SsaShare.Fusion;

/// <summary>How tracks are kept.</summary>
public sealed record TrackOptions
{
    /// <summary>Most steps of an object that can be taken back: a tracklet that is older than all of them is for a batch fit. Default 6.</summary>
    public int MostSteps { get; init; } = 6;

    /// <summary>What is unknown of a sensor's bias, in shares of its noise, anew in every tracklet. Default 0.5; a catalog that calibrates its sensors may say less.</summary>
    public double BiasSigmaInNoise { get; init; } = 0.5;

    /// <summary>Share of good observations that an update may refuse. Default 1e-5.</summary>
    public double EditProbability { get; init; } = 1e-5;

    /// <exception cref="ArgumentException">A figure is outside its range.</exception>
    internal void Check()
    {
        if (MostSteps is < 1 or > 100) throw new ArgumentException($"{nameof(MostSteps)} is {MostSteps}, expected 1 to 100.");
        if (!(BiasSigmaInNoise is >= 0 and <= 100)) throw new ArgumentException($"{nameof(BiasSigmaInNoise)} is {BiasSigmaInNoise}, expected 0 to 100.");
        if (!(EditProbability is >= 0 and <= 0.5)) throw new ArgumentException($"{nameof(EditProbability)} is {EditProbability}, expected 0 to 0.5.");
    }
}
