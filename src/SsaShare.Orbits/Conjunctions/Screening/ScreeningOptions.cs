using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What becomes of an object that is given two element sets of different epochs.</summary>
public enum TwoEpochs
{
    /// <summary>The set whose epoch is nearest to the middle of the span is screened, the others are named.</summary>
    TakeNearest = 0,
    /// <summary>The object is not screened, and named.</summary>
    Refuse = 1,
}

/// <summary>Which approaches are looked for, and when.</summary>
public sealed record ScreeningOptions
{
    /// <summary>TAI nanoseconds since J2000 of 1957-01-01: before, there was nothing to screen.</summary>
    private const long Year1957 = -1_356_998_400L * 1_000_000_000;

    /// <param name="start">From this instant on.</param>
    /// <param name="end">Up to this instant and without it: spans that follow each other share no approach and lose none.</param>
    /// <param name="volume">Around every object that brings none of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The start lies before 1957; the end is not after the start or more than 31 days after it.</exception>
    public ScreeningOptions(Epoch start, Epoch end, ScreeningVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        if (start.NanosecondsSinceJ2000 < Year1957) throw new ArgumentOutOfRangeException(nameof(start), start, "Expected a start after 1957-01-01: before, nothing was in orbit.");
        // Of instants first: their difference could pass what a long holds.
        if (end <= start || (Int128)end.NanosecondsSinceJ2000 - start.NanosecondsSinceJ2000 > 31L * 86_400 * 1_000_000_000)
            throw new ArgumentOutOfRangeException(nameof(end), end, $"Expected an end after {start} and at most 31 days later.");
        (Start, End, Volume) = (start, end, volume);
    }

    public Epoch Start { get; }
    public Epoch End { get; }

    /// <summary>Counts for pairs of which neither brings a volume.</summary>
    public ScreeningVolume Volume { get; }

    /// <summary>Only approaches of these objects, with each other and with all others; null for all on all.</summary>
    public IReadOnlySet<long>? Primaries { get; init; }

    /// <summary>Below this relative speed a pair counts as co-moving, and of each stay within the volume one approach is told, the nearest. km/s, default 10 m/s, above 0 up to 50 m/s.</summary>
    public double CoMovingKmPerS
    {
        get;
        init => field = value is > 0 and <= 0.05 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a speed above 0 up to 0.05 km/s.");
    } = 0.01;

    /// <summary>Elements whose epoch is further from the nearest instant of the span are screened and told. Default 30 days.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromDays(30);

    public TwoEpochs TwoEpochs { get; init; }

    /// <summary>WGS-72 and the improved mode where null.</summary>
    public Sgp4Options? Sgp4 { get; init; }

    /// <summary>At once; default: one for each processor. The result does not depend on it.</summary>
    public int Threads
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least one thread.");
    } = Environment.ProcessorCount;

    /// <summary>Whether the same approaches are asked for, by whatever number of threads.</summary>
    internal bool AsksTheSame(ScreeningOptions other)
        => this with { Primaries = null, Threads = 1 } == other with { Primaries = null, Threads = 1 }
            && (Primaries is null ? other.Primaries is null : other.Primaries is not null && Primaries.SetEquals(other.Primaries));
}
