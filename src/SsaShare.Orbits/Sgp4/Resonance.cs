namespace SsaShare.Orbits;

internal enum ResonanceKind
{
    None = 0,
    /// <summary>One revolution a day.</summary>
    Synchronous = 1,
    /// <summary>Two revolutions a day and eccentric.</summary>
    HalfDay = 2,
}

/// <summary>The resonant longitude, the mean motion that goes with it, and their derivatives by minutes.</summary>
internal readonly record struct ResonantMotion(double Minutes, double Longitude, double MeanMotion, double LongitudeRate, double MotionRate, double MotionRateRate);

/// <summary>Resonance with the Earth's tesseral harmonics, integrated numerically from the epoch in steps of half a day.</summary>
/// <remarks>Spacetrack Report 3, section 7: an Euler-Maclaurin step of second order. The result depends on the time alone, not on calls before.</remarks>
internal sealed partial class Resonance
{
    public const double StepMinutes = 720, HalfStepSquared = 259_200;

    /// <summary>Each harmonic's argument: multiples of the pericentre and of the longitude, less a phase (rad).</summary>
    public static readonly (double OfPericenter, double OfLongitude, double Phase)[] SynchronousHarmonics = [(0, 1, 0.13130908), (0, 2, 2 * 2.8843198), (0, 3, 3 * 0.37448087)];

    public static readonly (double OfPericenter, double OfLongitude, double Phase)[] HalfDayHarmonics =
    [
        (2, 1, Phase22), (0, 1, Phase22), (1, 1, Phase32), (-1, 1, Phase32), (2, 2, Phase44),
        (0, 2, Phase44), (1, 1, Phase52), (-1, 1, Phase52), (1, 2, Phase54), (-1, 2, Phase54),
    ];

    private const double Phase22 = 5.7686396, Phase32 = 0.95240898, Phase44 = 1.8014998, Phase52 = 1.0508330, Phase54 = 4.4108898;

    private readonly NearEarthTerms _terms;
    private readonly ResonantMotion _start;

    /// <summary>Where the last caller stood: later times go on from there. Whoever finds it in use starts from the epoch and arrives at the same numbers.</summary>
    private ResonantMotion _last;
    private int _lastInUse;

    private Resonance(NearEarthTerms terms, ResonanceKind kind, double longitude0, double drift, double[] strengths)
    {
        (_terms, Kind, Longitude0, Drift, Strengths) = (terms, kind, longitude0, drift, strengths);
        _start = _last = WithRates(0, longitude0, terms.MeanMotion);
    }

    public ResonanceKind Kind { get; }

    /// <summary>Resonant longitude at epoch, rad.</summary>
    public double Longitude0 { get; }

    /// <summary>Added to the mean motion it gives the rate of the resonant longitude, rad/min.</summary>
    public double Drift { get; }

    /// <summary>One for each harmonic of the kind; synchronous 31, 22, 33; half a day 2201, 2211, 3210, 3222, 4410, 4422, 5220, 5232, 5421, 5433.</summary>
    public double[] Strengths { get; }

    /// <summary>Longitude (rad) and mean motion (rad/min) at an instant within <see cref="Sgp4Reach.LongestMinutes"/>.</summary>
    public (double Longitude, double MeanMotion) At(double minutes)
    {
        bool mine = Interlocked.Exchange(ref _lastInUse, 1) == 0;
        var motion = mine ? _last : _start;
        if ((minutes - motion.Minutes) * motion.Minutes < 0) motion = _start;
        double step = minutes > 0 ? StepMinutes : -StepMinutes;
        while (Math.Abs(minutes - motion.Minutes) >= StepMinutes) motion = Step(motion, step);
        if (mine)
        {
            _last = motion;
            Volatile.Write(ref _lastInUse, 0);
        }
        double rest = minutes - motion.Minutes, half = rest * rest * 0.5;
        return (motion.Longitude + motion.LongitudeRate * rest + motion.MotionRate * half, motion.MeanMotion + motion.MotionRate * rest + motion.MotionRateRate * half);
    }

    private ResonantMotion Step(ResonantMotion at, double step) => WithRates(
        at.Minutes + step, at.Longitude + at.LongitudeRate * step + at.MotionRate * HalfStepSquared, at.MeanMotion + at.MotionRate * step + at.MotionRateRate * HalfStepSquared);

    private ResonantMotion WithRates(double minutes, double longitude, double meanMotion)
    {
        double rate = meanMotion + Drift;
        var (force, slope) = Force(longitude, _terms.Pericenter + _terms.PericenterRate * minutes);
        return new ResonantMotion(minutes, longitude, meanMotion, rate, force, slope * rate);
    }

    /// <summary>Acceleration of the longitude, rad/min², and its derivative by longitude.</summary>
    private (double Force, double Slope) Force(double longitude, double pericenter)
    {
        double force = 0, slope = 0;
        var harmonics = Kind == ResonanceKind.Synchronous ? SynchronousHarmonics : HalfDayHarmonics;
        for (int i = 0; i < harmonics.Length; i++)
        {
            var (ofPericenter, ofLongitude, phase) = harmonics[i];
            var (sin, cos) = Math.SinCos(ofPericenter * pericenter + ofLongitude * longitude - phase);
            force += Strengths[i] * sin;
            slope += ofLongitude * Strengths[i] * cos;
        }
        return (force, slope);
    }
}
