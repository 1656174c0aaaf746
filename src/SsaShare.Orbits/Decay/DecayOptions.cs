namespace SsaShare.Orbits;

/// <summary>What ends an orbit, how far it is followed, and what is not known of the air.</summary>
public sealed record DecayOptions
{
    /// <summary>Height above the ellipsoid at which an object has come down, km. Default 80; from 70 to 120. Catalogs mostly mean 80 to 90, between which lie minutes.</summary>
    public double EndHeightKm { get; init; } = 80;

    /// <summary>Longest life that is followed, years. Default 25; up to 50.</summary>
    public double LongestYears { get; init; } = 25;

    /// <summary>Falls computed to find the spread. Default 48; from 8 to 10,000.</summary>
    public int Samples { get; init; } = 48;

    /// <summary>
    /// Relative error of the density model that lasts as long as the fall, one sigma. Default 0.08: what is left when the ballistic coefficient was estimated from the
    /// same object's recent decay with the same model (set on the 21 objects of 2022 of RealDecayTests, see <see cref="BallisticEstimate.SigmaOfOneSet"/>); take 0.15 for a coefficient known from the object's shape (Picone and others 2002).
    /// </summary>
    public double DensitySigma { get; init; } = 0.08;

    /// <summary>Seed of the samples; the same seed gives the same answer.</summary>
    public int Seed { get; init; } = 20_251_122;

    internal void Check()
    {
        if (EndHeightKm is not (>= 70 and <= 120)) throw new ArgumentOutOfRangeException(nameof(EndHeightKm), EndHeightKm, "Expected 70 to 120 km.");
        if (LongestYears is not (> 0 and <= 50)) throw new ArgumentOutOfRangeException(nameof(LongestYears), LongestYears, "Expected up to 50 years.");
        if (Samples is < 8 or > 10_000) throw new ArgumentOutOfRangeException(nameof(Samples), Samples, "Expected 8 to 10,000.");
        if (DensitySigma is not (>= 0 and < 2)) throw new ArgumentOutOfRangeException(nameof(DensitySigma), DensitySigma, "Expected 0 to 2.");
    }
}
