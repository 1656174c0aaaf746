using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a message says besides its approach, and how its probability is found.</summary>
public sealed record ConjunctionMakerOptions
{
    /// <param name="maker">ORIGINATOR of the message; not empty.</param>
    /// <param name="created">CREATION_DATE; kept to the millisecond.</param>
    /// <exception cref="ArgumentException">The maker has no name.</exception>
    public ConjunctionMakerOptions(string maker, Epoch created)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(maker);
        (Maker, Created) = (maker, created);
    }

    public string Maker { get; }
    public Epoch Created { get; }

    /// <summary>MESSAGE_FOR: whose object it is made for; null where it is for nobody in particular.</summary>
    public string? MadeFor { get; init; }

    /// <summary>What was searched; null where the message shall not say.</summary>
    public ScreeningOptions? Screening { get; init; }

    /// <summary>What had to stay free around the first object; null where the approach counts by the second object's volume alone, and the message says none.</summary>
    public ScreeningVolume? Volume { get; init; }

    /// <summary>Hard-body radius of each object of which none is known, km; null where a message of such has no probability.</summary>
    public double? DefaultRadiusKm
    {
        get;
        init => field = value is null or > 0 && !double.IsInfinity(value ?? 0) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a radius above 0.");
    }

    /// <summary>Which methods are asked; that of a recommendation is always there.</summary>
    public ProbabilityOptions Probability { get; init; } = new(ProbabilityMethods.TwoDimensional | ProbabilityMethods.ShortCurved | ProbabilityMethods.Maximum);
}
