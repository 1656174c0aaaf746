using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How far ahead, how near and how much.</summary>
public sealed record BoardOptions
{
    /// <summary>From now on so far ahead. Default 7 days, 1 hour to 28 days.</summary>
    public TimeSpan Ahead
    {
        get;
        init => field = Within(value, TimeSpan.FromHours(1), TimeSpan.FromDays(28), nameof(Ahead));
    } = TimeSpan.FromDays(7);

    /// <summary>
    /// The time line is screened in blocks of this length that begin at whole multiples of it since J2000, so that what is found does not depend on when it was looked for. Default 12 h, 10 min to 2 days.
    /// </summary>
    public TimeSpan Block
    {
        get;
        init => field = Within(value, TimeSpan.FromMinutes(10), TimeSpan.FromDays(2), nameof(Block));
    } = TimeSpan.FromHours(12);

    /// <summary>
    /// The window moves on at whole multiples of this since J2000 and at no other time, so that what a reader is told does not tell when the board was brought up to date for others. Default 10 min, up to 1 day; 0 moves it with
    /// every update.
    /// </summary>
    public TimeSpan Step
    {
        get;
        init => field = Within(value, TimeSpan.Zero, TimeSpan.FromDays(1), nameof(Step));
    } = TimeSpan.FromMinutes(10);

    /// <summary>Around every source that brings none of its own. Default: a sphere of 5 km.</summary>
    public ScreeningVolume Volume { get; init; } = ScreeningVolume.Sphere(5);

    /// <summary>Of a source whose radius nobody has said, km. Default 5 m; an assumption that is told.</summary>
    public double AssumedRadiusKm
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a radius above 0 up to 1 km.");
    } = 0.005;

    /// <summary>What is computed of each approach where both uncertainties are known. Default: straight lines, the largest possible, and what the recommendation needs.</summary>
    public ProbabilityOptions Probability { get; init; } = new(ProbabilityMethods.TwoDimensional | ProbabilityMethods.Maximum);

    /// <summary>Times of closest approach of one pair that are nearer than this are of one event, as its sources follow each other. Default 10 min: low orbits meet again after three quarters of an hour at the earliest.</summary>
    public TimeSpan SameEvent { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most entries of an event's history that a reader is told, the latest. Default 64.</summary>
    public int HistoryMax
    {
        get;
        init => field = Positive(value, nameof(HistoryMax));
    } = 64;

    /// <summary>
    /// What former sources said is told where the miss was at most this, km; of others only the time is kept, by which an event keeps its name. What the newest sources say is told always. Default 2 km: wider, the
    /// histories of a whole catalog fill the memory.
    /// </summary>
    public double HistoryWithinKm
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a distance of at least 0 km.");
    } = 2;

    /// <summary>Most sources of one originator, and of the service itself: beyond it the oldest are set aside. Default 60,000.</summary>
    public int SourcesPerOriginatorMax
    {
        get;
        init => field = Positive(value, nameof(SourcesPerOriginatorMax));
    } = 60_000;

    /// <summary>Most sources of one line that are remembered for histories: beyond it the first are forgotten. Default 256.</summary>
    public int RememberedPerLineMax
    {
        get;
        init => field = Positive(value, nameof(RememberedPerLineMax));
    } = 256;

    /// <summary>A source that knows its object up to later than this after now is set aside until then: it would hide all that come before. Default 2 days.</summary>
    public TimeSpan FutureMax { get; init; } = TimeSpan.FromDays(2);

    /// <summary>At once. Default: one for each processor. The result does not depend on it.</summary>
    public int Threads
    {
        get;
        init => field = Positive(value, nameof(Threads));
    } = Environment.ProcessorCount;

    /// <summary>Where the window of an update begins.</summary>
    public Epoch WindowAt(Epoch now) => new(now.NanosecondsSinceJ2000 - PastNs(now));

    /// <summary>The first window that holds an instant begins there.</summary>
    internal Epoch FirstWindowWith(Epoch tca)
    {
        // The window's end is no part of it.
        var after = tca.Plus(-Ahead);
        return new Epoch(after.NanosecondsSinceJ2000 - PastNs(after) + StepNs);
    }

    private long StepNs => Math.Max(1, Step.Ticks * 100);

    /// <summary>Since the last step.</summary>
    private long PastNs(Epoch at)
    {
        long past = at.NanosecondsSinceJ2000 % StepNs;
        return past < 0 ? past + StepNs : past;
    }

    private static int Positive(int value, string name) => value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Expected at least 1.");

    private static TimeSpan Within(TimeSpan value, TimeSpan least, TimeSpan most, string name)
        => value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"Expected {least} to {most}.");
}
