namespace SsaShare.Orbits;

/// <summary>How far an orbit can be from the straight line between its positions at two instants, and from a better curve through them.</summary>
/// <remarks>
/// <para>
/// Chord. Let p be a position with |p''| ≤ A over a time h, and c the straight motion that agrees with p at both ends. Then |p(t) - c(t)| ≤ A·h²/8 between them (error of linear
/// interpolation). Two objects are therefore never nearer than their chords' least distance less the sum of both bounds: a pair whose chords stay further apart than the volume's radius
/// and this sum has no approach in the window, and every other pair is examined with the models themselves. Nothing is assumed of velocities: those of SGP4 are not the derivative
/// of its positions (up to 0.15 km/s off for an object of the catalog of 2024-11-01 near decay).
/// </para>
/// <para>
/// A is the pull of a spherical Earth, at most µ/R² at the ground, and what the object names beyond it (<see cref="IScreenedMotion.AccelerationBeyondGravityKmPerS2"/>). For SGP4 it is
/// <see cref="Sgp4Extra"/>. A step of the velocity by v inside the window adds v·h/4, a jump of the position its size.
/// </para>
/// <para>
/// Curve. Over longer times h the pull g(p) itself is interpolated linearly between the ends and integrated twice. With S ≥ |d²g(p(t))/dt²| that leaves 5/384·S·h⁴ and, of the acceleration E beyond
/// gravity, E·h²/8. The derivatives of g = -µp/r³ are bounded by |Dg| ≤ 2µ/r³ and |D²g(v, v)| ≤ 6µv²/r⁴, hence S = 2µA/r³ + 6µv²/r⁴ with the least r and the largest v of the window.
/// r is at least the chord's least distance from the centre, for the pull bends the path outward of its chord.
/// </para>
/// </remarks>
internal static class MotionBound
{
    public const double MuKm3PerS2 = 398_601, EarthRadiusKm = 6_378;

    /// <summary>At the ground, the largest of all, km/s².</summary>
    public const double LargestGravity = MuKm3PerS2 / (EarthRadiusKm * EarthRadiusKm);

    /// <summary>Elements whose drag moves an object as hard as the Earth pulls it describe no orbit, km/s².</summary>
    public const double LargestSgp4Extra = 0.01;

    /// <summary>SGP4's own jumps in deep space, where a perturbed inclination passes 0.2 rad and the form of the periodics changes: second order in them, 1e-6 of the distance. km.</summary>
    public const double DeepSpaceJumpKm = 0.1;

    /// <summary>3·J2·µ·R², that is twice what the oblateness pulls at most at the equator's distance: its largest, at the poles, km⁶/s².</summary>
    private const double Oblateness = 3 * 0.0010827 * MuKm3PerS2 * EarthRadiusKm * EarthRadiusKm;

    /// <summary>Deviation from the chord, km.</summary>
    /// <param name="r">Least distance from the centre, km.</param>
    public static double ChordKm(double r, double extraKmPerS2, double stepKmPerS, double jumpKm, double h)
        => (MuKm3PerS2 / (r * r) + extraKmPerS2) * h * h / 8 + stepKmPerS * h / 4 + jumpKm;

    /// <summary>The same where no more is known than that the object is not below the ground.</summary>
    public static double ChordKm(double extraKmPerS2, double stepKmPerS, double jumpKm, double h) => (LargestGravity + extraKmPerS2) * h * h / 8 + stepKmPerS * h / 4 + jumpKm;

    /// <summary>Deviation from the curve, km.</summary>
    /// <param name="r">Least distance from the centre of the chord, km.</param>
    /// <param name="chordSpeed">Length of the chord by time, km/s.</param>
    public static double CurveKm(double r, double chordSpeed, double extraKmPerS2, double stepKmPerS, double jumpKm, double h)
    {
        double r2 = r * r, a = MuKm3PerS2 / r2 + extraKmPerS2, v = chordSpeed + a * h / 2 + stepKmPerS;
        double snap = 2 * MuKm3PerS2 * a / (r2 * r) + 6 * MuKm3PerS2 * v * v / (r2 * r2);
        return 5.0 / 384 * snap * h * h * h * h + extraKmPerS2 * h * h / 8 + stepKmPerS * h / 4 + jumpKm;
    }

    /// <summary>
    /// Bound of SGP4's acceleration beyond a spherical Earth's pull, km/s²: twice the oblateness at the least distance, since the theory keeps the periodics of first order only; the second derivatives
    /// of what drag does to the longitude, to the eccentricity and to the anomaly; and twice what the series of the longitude and of the axis part by.
    /// </summary>
    /// <param name="envelope">Of the span.</param>
    /// <param name="minutes">The furthest instant of the span from the epoch.</param>
    public static double Sgp4Extra(Sgp4Propagator satellite, in Sgp4Envelope envelope, double minutes)
    {
        var terms = satellite.Terms;
        double t = Math.Abs(minutes), n = terms.MeanMotion, lowestKm = Math.Max(EarthRadiusKm, envelope.LowKm);
        double apogeeKm = envelope.AxisKm * (1 + envelope.Eccentricity), perigeeKm = Math.Max(EarthRadiusKm, envelope.AxisKm * (1 - envelope.Eccentricity) - 100);
        double longitude = n * (2 * Math.Abs(terms.T2) + t * (6 * Math.Abs(terms.T3) + t * (12 * Math.Abs(terms.T4) + 20 * t * Math.Abs(terms.T5))));
        double eta = Math.Abs(terms.Eta), anomaly = Math.Abs(terms.AnomalyOfEta) * n * n * 3 * eta * (1 + eta) * (1 + 3 * eta);
        double eccentricity = Math.Abs(terms.BStarC5) * n * n + 2 * Math.Abs(terms.BStarC4) * n;
        // A change of the longitude moves an object by up to r²n/(r_p v_p) times the semi-major axis: at most (1+e)/(1-e) of it.
        double stretch = apogeeKm / perigeeKm;
        double drag = apogeeKm * stretch * (2 * (longitude + anomaly) + 4 * eccentricity) / 3_600;
        return 2 * Oblateness / Math.Pow(lowestKm, 4) + drag + 2 * envelope.Mismatch * MuKm3PerS2 / (lowestKm * lowestKm) + 2e-6;
    }
}
