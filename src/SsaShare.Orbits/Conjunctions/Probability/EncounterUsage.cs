namespace SsaShare.Orbits;

/// <summary>How far an encounter is from what straight lines and a single short passage assume; 0 is ideal, 1 hopeless.</summary>
/// <param name="Extended">Its duration, as a share of the shorter revolution.</param>
/// <param name="Offset">How far the end of its duration is from the closest approach, as a share of the shorter revolution.</param>
/// <param name="Inaccurate">By how much straight and curved paths disagree: 1 less the smaller probability over the larger.</param>
/// <param name="RelativeSpeedKmPerS">The relative speed.</param>
/// <remarks>
/// The indicators and limits are those of Hall, Baars and Casali 2023, AAS 23-398. A duration holds all but 1e-16 of the density: 8.2 sigma of time to each side. Pairs slower than 10 m/s are
/// treated as extended whatever their sigma: near the epoch they may show a minimum that is not the one that counts.
/// </remarks>
public readonly record struct EncounterUsage(double Extended, double Offset, double Inaccurate, double RelativeSpeedKmPerS)
{
    internal const double SigmasOfDuration = 8.222, SlowestKmPerS = 0.01, MostInaccurate = 0.02, StraightExtended = 0.02, StraightOffset = 0.01, ShortExtended = 0.05, ShortOffset = 0.1;

    /// <summary>Whether straight lines will do.</summary>
    public bool IsStraight => Extended <= StraightExtended && Offset <= StraightOffset && Inaccurate <= MostInaccurate && RelativeSpeedKmPerS > SlowestKmPerS;

    /// <summary>Whether a single short passage on curved paths will do.</summary>
    public bool IsShort => Extended <= ShortExtended && Offset <= ShortOffset && RelativeSpeedKmPerS > SlowestKmPerS;
}
