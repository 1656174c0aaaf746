using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How tides and the motion of the pole change the harmonics of the Earth; fully normalised.</summary>
/// <remarks>
/// IERS Conventions (2010). Section 6.2.1: solid tides of degree 2 and 3 by the Love numbers of the anelastic Earth (table 6.3), and their frequency dependence
/// (tables 6.5a and 6.5b, all terms of 5e-13 or more; the two of table 6.5c are 1e-12 and left out). The permanent part stays in, so that the field has to be tide-free.
/// Sections 6.4 and 6.5: pole tides of the solid Earth and of the oceans (degree 2, order 1), about the secular pole of the update of 2018. Section 6.1: C21 and S21 of the
/// field are replaced by those that the secular pole means. Section 6.3: tides of the oceans, see <see cref="OceanTides"/>.
/// Left out: tides of the atmosphere, and the slow change of C20, C30 and C40 (1e-11 in a year).
/// </remarks>
internal sealed class TidalCoefficients
{
    public const int Degree = OceanTides.Degree;

    private const double ArcsecondsPerRad = 648_000 / Math.PI;
    private const long FrequencyStepNanoseconds = 21_600_000_000_000;

    // k20 k21 k22 k30 k31 k32 k33, and k+ of degree 4; table 6.3.
    private const double K20 = 0.30190, K21 = 0.29830, K21Lag = -0.00144, K22 = 0.30102, K22Lag = -0.00130, K3 = 0.093, K33 = 0.094;
    private const double K20Plus = -0.00089, K21Plus = -0.00080, K22Plus = -0.00057;

    // The sums over frequencies change in days once the turn of the Earth is taken out.
    private static readonly NodeSeries Frequencies = new(FrequencyStepNanoseconds, TidalFrequencies.At);

    /// <summary>How <see cref="Add"/> lays the coefficients out.</summary>
    public static HarmonicTables Tables { get; } = new(Degree);

    private readonly HarmonicSum _sum = new(Tables);
    private readonly OceanTides? _oceans;
    private readonly EarthOrientation _orientation;
    private readonly double _mu, _radius, _c20, _c21, _s21, _c22, _s22;

    /// <param name="gravity">The field, tide-free.</param>
    /// <param name="orientation">Where the pole is.</param>
    /// <param name="withOceans">Whether the tides of the oceans are added to those of the solid Earth.</param>
    public TidalCoefficients(GravityField gravity, EarthOrientation orientation, bool withOceans = true)
    {
        _oceans = withOceans ? new OceanTides(Tables, orientation) : null;
        (_orientation, _mu, _radius) = (orientation, gravity.MuKm3PerS2, gravity.RadiusKm);
        (_c20, (_c21, _s21), (_c22, _s22)) = (gravity.Normalized(2, 0).C, gravity.Normalized(2, 1), gravity.Normalized(2, 2));
    }

    /// <summary>What the changes add to the acceleration, km/s², ITRF axes.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="gcrfToItrf">The turn of the Earth.</param>
    /// <param name="itrfKm">The object.</param>
    /// <param name="sunItrfKm">The Sun.</param>
    /// <param name="moonItrfKm">The Moon.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover the instant.</exception>
    public Vector3d AccelerationKmPerS2(Epoch epoch, in Matrix3 gcrfToItrf, Vector3d itrfKm, Vector3d sunItrfKm, Vector3d moonItrfKm)
    {
        Span<double> c = stackalloc double[Tables.Size], s = stackalloc double[Tables.Size];
        c.Clear();
        s.Clear();
        Add(epoch, gcrfToItrf, sunItrfKm, moonItrfKm, c, s);
        return _sum.Acceleration(c, s, _mu, _radius, itrfKm);
    }

    /// <summary>Adds the changes of C and S.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover the instant.</exception>
    public void Add(Epoch epoch, in Matrix3 gcrfToItrf, Vector3d sunItrfKm, Vector3d moonItrfKm, Span<double> c, Span<double> s)
    {
        _oceans?.Add(epoch, c, s);
        AddBody(c, s, sunItrfKm, SunAndMoon.SunMuKm3PerS2);
        AddBody(c, s, moonItrfKm, SunAndMoon.MoonMuKm3PerS2);
        AddFrequencies(c, s, epoch, gcrfToItrf);
        AddPole(c, s, epoch);
    }

    /// <summary>Equations 6.6 and 6.7.</summary>
    private void AddBody(Span<double> c, Span<double> s, Vector3d body, double mu)
    {
        double distance = body.Norm, ratio = _radius / distance, degree2 = mu / _mu * ratio * ratio * ratio / 5, degree3 = mu / _mu * ratio * ratio * ratio * ratio / 7;
        var (x, y, z) = (body.X / distance, body.Y / distance, body.Z / distance);
        double x2 = x * x - y * y, y2 = 2 * x * y;
        double zonal2 = degree2 * Math.Sqrt(5) * (1.5 * z * z - 0.5);
        add(c, s, 2, 0, zonal2, 0, K20, 0);
        add(c, s, 4, 0, zonal2, 0, K20Plus, 0);
        double order1 = degree2 * Math.Sqrt(5.0 / 3) * 3 * z;
        add(c, s, 2, 1, order1 * x, order1 * y, K21, K21Lag);
        add(c, s, 4, 1, order1 * x, order1 * y, K21Plus, 0);
        double order2 = degree2 * Math.Sqrt(5.0 / 12) * 3;
        add(c, s, 2, 2, order2 * x2, order2 * y2, K22, K22Lag);
        add(c, s, 4, 2, order2 * x2, order2 * y2, K22Plus, 0);
        add(c, s, 3, 0, degree3 * Math.Sqrt(7) * z * (2.5 * z * z - 1.5), 0, K3, 0);
        order1 = degree3 * Math.Sqrt(7.0 / 6) * (7.5 * z * z - 1.5);
        add(c, s, 3, 1, order1 * x, order1 * y, K3, 0);
        order2 = degree3 * Math.Sqrt(7.0 / 60) * 15 * z;
        add(c, s, 3, 2, order2 * x2, order2 * y2, K3, 0);
        double order3 = degree3 * Math.Sqrt(7.0 / 360) * 15;
        add(c, s, 3, 3, order3 * (x * x2 - y * y2), order3 * (x * y2 + y * x2), K33, 0);

        static void add(Span<double> c, Span<double> s, int n, int m, double cosine, double sine, double k, double lag)
        {
            int i = Tables.Index(n, m);
            c[i] += k * cosine + lag * sine;
            s[i] += k * sine - lag * cosine;
        }
    }

    /// <summary>Equation 6.8.</summary>
    private static void AddFrequencies(Span<double> c, Span<double> s, Epoch epoch, in Matrix3 gcrfToItrf)
    {
        var (zonal, cosine, sine) = Frequencies.At(epoch);
        c[Tables.Index(2, 0)] += zonal;
        // The Earth rotation angle, good to 1e-5, and how far sidereal time is ahead of it.
        var (sinTurn, cosTurn) = Math.SinCos(Math.Atan2(gcrfToItrf.M01, gcrfToItrf.M00) + EarthRotation.EquinoxAheadRad(epoch.TtCenturiesSinceJ2000) + Math.PI);
        double real = cosTurn * cosine - sinTurn * sine, imaginary = cosTurn * sine + sinTurn * cosine;
        c[Tables.Index(2, 1)] += imaginary;
        s[Tables.Index(2, 1)] += real;
    }

    /// <summary>Equations 6.5, 6.22 and 6.24.</summary>
    private void AddPole(Span<double> c, Span<double> s, Epoch epoch)
    {
        double years = epoch.TtCenturiesSinceJ2000 * 100;
        double meanX = (55.0 + 1.677 * years) / 1_000, meanY = (320.5 + 3.460 * years) / 1_000;
        var measured = _orientation.At(epoch);
        double m1 = measured.PoleXRad * ArcsecondsPerRad - meanX, m2 = meanY - measured.PoleYRad * ArcsecondsPerRad;
        double x = meanX / ArcsecondsPerRad, y = meanY / ArcsecondsPerRad, root3 = Math.Sqrt(3);
        int i = Tables.Index(2, 1);
        c[i] += -1.333e-9 * (m1 + 0.0115 * m2) - 2.1778e-10 * (m1 - 0.01724 * m2) + (root3 * x * _c20 - x * _c22 + y * _s22) - _c21;
        s[i] += -1.333e-9 * (m2 - 0.0115 * m1) - 1.7232e-10 * (m2 - 0.03365 * m1) + (-root3 * y * _c20 - y * _c22 - x * _s22) - _s21;
    }
}
