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

    /// <summary>About 380 years: beyond, no steps are taken and the answer is not a number.</summary>
    public const double LongestMinutes = 2e8;

    // Phases of the harmonics, rad.
    public const double Phase22Synchronous = 2.8843198, Phase31 = 0.13130908, Phase33 = 0.37448087;
    public const double Phase22 = 5.7686396, Phase32 = 0.95240898, Phase44 = 1.8014998, Phase52 = 1.0508330, Phase54 = 4.4108898;

    private readonly NearEarthTerms _terms;

    private Resonance(NearEarthTerms terms, ResonanceKind kind) => (_terms, Kind) = (terms, kind);

    public ResonanceKind Kind { get; }

    /// <summary>Resonant longitude at epoch, rad.</summary>
    public double Longitude0 { get; private init; }

    /// <summary>Added to the mean motion it gives the rate of the resonant longitude, rad/min.</summary>
    public double Drift { get; private init; }

    /// <summary>Synchronous: of the harmonics 3,1; 2,2; 3,3. Half a day: 2201, 2211, 3210, 3222, 4410, 4422, 5220, 5232, 5421, 5433.</summary>
    public double[] Strengths { get; private init; } = [];

    /// <summary>Longitude (rad) and mean motion (rad/min) at an instant.</summary>
    public (double Longitude, double MeanMotion) At(double minutes)
    {
        if (!(Math.Abs(minutes) <= LongestMinutes)) return (double.NaN, double.NaN);
        var motion = Start();
        double step = minutes > 0 ? StepMinutes : -StepMinutes;
        while (Math.Abs(minutes - motion.Minutes) >= StepMinutes) motion = Step(motion, step);
        double rest = minutes - motion.Minutes, half = rest * rest * 0.5;
        return (motion.Longitude + motion.LongitudeRate * rest + motion.MotionRate * half, motion.MeanMotion + motion.MotionRate * rest + motion.MotionRateRate * half);
    }

    public ResonantMotion Start() => WithRates(0, Longitude0, _terms.MeanMotion);

    private ResonantMotion Step(ResonantMotion at, double step) => WithRates(
        at.Minutes + step, at.Longitude + at.LongitudeRate * step + at.MotionRate * HalfStepSquared, at.MeanMotion + at.MotionRate * step + at.MotionRateRate * HalfStepSquared);

    private ResonantMotion WithRates(double minutes, double longitude, double meanMotion)
    {
        double rate = meanMotion + Drift;
        var (force, slope) = Kind == ResonanceKind.Synchronous ? SynchronousForce(longitude) : HalfDayForce(longitude, _terms.Pericenter + _terms.PericenterRate * minutes);
        return new ResonantMotion(minutes, longitude, meanMotion, rate, force, slope * rate);
    }

    /// <summary>Acceleration of the longitude, rad/min², and its derivative by longitude.</summary>
    private (double Force, double Slope) SynchronousForce(double longitude)
    {
        var d = Strengths;
        var (s1, c1) = Math.SinCos(longitude - Phase31);
        var (s2, c2) = Math.SinCos(2 * (longitude - Phase22Synchronous));
        var (s3, c3) = Math.SinCos(3 * (longitude - Phase33));
        return (d[0] * s1 + d[1] * s2 + d[2] * s3, d[0] * c1 + 2 * d[1] * c2 + 3 * d[2] * c3);
    }

    private (double Force, double Slope) HalfDayForce(double longitude, double pericenter)
    {
        double g = pericenter, l = longitude, force = 0, slope = 0;
        Add(0, 2 * g + l - Phase22, 1);
        Add(1, l - Phase22, 1);
        Add(2, g + l - Phase32, 1);
        Add(3, -g + l - Phase32, 1);
        Add(4, 2 * g + 2 * l - Phase44, 2);
        Add(5, 2 * l - Phase44, 2);
        Add(6, g + l - Phase52, 1);
        Add(7, -g + l - Phase52, 1);
        Add(8, g + 2 * l - Phase54, 2);
        Add(9, -g + 2 * l - Phase54, 2);
        return (force, slope);

        void Add(int term, double argument, int multiple)
        {
            var (sin, cos) = Math.SinCos(argument);
            force += Strengths[term] * sin;
            slope += multiple * Strengths[term] * cos;
        }
    }
}
