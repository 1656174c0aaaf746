using System.Diagnostics.CodeAnalysis;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A JPL planetary ephemeris (DE4xx) or a slice of one: Sun, Moon, planets, libration of the Moon, as Chebyshev polynomials of TDB.</summary>
/// <remarks>
/// Axes of the ICRF, which are those of the GCRF. Positions are those of the fit to planets and lunar laser ranging (DE430: Moon to metres, inner planets to hundreds of metres;
/// Folkner and others 2014, IPN Progress Report 42-196); evaluation adds less than 1 mm for the Moon. Immutable; safe for concurrent use.
/// </remarks>
public sealed partial class JplEphemeris : ISolarSystem
{
    private const double SecondsPerDay = 86_400, JulianDateJ2000 = 2_451_545.0;

    private readonly double[] _coefficients;
    private readonly Layout _layout;
    private readonly int _count;

    private JplEphemeris(Layout layout, double[] coefficients, IReadOnlyDictionary<string, double> constants)
    {
        (_layout, _coefficients, Constants) = (layout, coefficients, constants);
        _count = coefficients.Length / layout.RecordDoubles;
    }

    /// <summary>Number of the development ephemeris, for example 430.</summary>
    public int Number => _layout.Number;

    /// <summary>Mass of the Earth by that of the Moon.</summary>
    public double EarthMoonMassRatio => _layout.EarthMoonMassRatio;

    /// <summary>Kilometres to the astronomical unit.</summary>
    public double AstronomicalUnitKm => _layout.AstronomicalUnitKm;

    /// <summary>All constants of the file by their names, in its units (masses in au³/day²).</summary>
    public IReadOnlyDictionary<string, double> Constants { get; }

    /// <summary>First instant covered, as a Julian date of TDB.</summary>
    public double FirstJulianDateTdb => _coefficients[0];

    /// <summary>Last instant covered, as a Julian date of TDB.</summary>
    public double LastJulianDateTdb => _coefficients[(_count - 1) * _layout.RecordDoubles + 1];

    /// <summary>GM of a body, km³/s², of the file's own constants.</summary>
    /// <returns>False where the file does not state it.</returns>
    public bool TryMu(CelestialBody body, out double muKm3PerS2)
    {
        muKm3PerS2 = 0;
        string name = body switch
        {
            CelestialBody.Sun => "GMS",
            CelestialBody.Moon or CelestialBody.EarthMoonBarycenter => "GMB",
            _ => $"GM{(int)body + 1}",
        };
        if (!Constants.TryGetValue(name, out double au3PerDay2)) return false;
        double au = AstronomicalUnitKm;
        muKm3PerS2 = au3PerDay2 * au * au * au / (SecondsPerDay * SecondsPerDay);
        if (body == CelestialBody.Moon) muKm3PerS2 /= 1 + EarthMoonMassRatio;
        return muKm3PerS2 > 0;
    }

    public bool Covers(CelestialBody body, Epoch epoch) => (int)body is >= 0 and <= 10 && CoversSeries((int)body) && IsInside(TdbDays(epoch));

    /// <inheritdoc/>
    public BodyState Geocentric(CelestialBody body, Epoch epoch)
    {
        if (!Covers(body, epoch)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The ephemeris has no {body} for this instant.");
        double days = TdbDays(epoch);
        var moon = Series((int)CelestialBody.Moon, days);
        if (body == CelestialBody.Moon) return moon;
        // The Earth lies off the centre of mass, away from the Moon.
        double share = 1 / (1 + EarthMoonMassRatio);
        if (body == CelestialBody.EarthMoonBarycenter) return new BodyState(share * moon.PositionKm, share * moon.VelocityKmPerS);
        var center = Series((int)CelestialBody.EarthMoonBarycenter, days);
        var there = Series((int)body, days);
        return new BodyState(there.PositionKm - center.PositionKm + share * moon.PositionKm, there.VelocityKmPerS - center.VelocityKmPerS + share * moon.VelocityKmPerS);
    }

    /// <inheritdoc/>
    public Vector3d PositionKm(CelestialBody body, Epoch epoch)
    {
        if (!Covers(body, epoch)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, $"The ephemeris has no {body} for this instant.");
        double days = TdbDays(epoch);
        var moon = SeriesPosition((int)CelestialBody.Moon, days);
        if (body == CelestialBody.Moon) return moon;
        var share = 1 / (1 + EarthMoonMassRatio) * moon;
        return body == CelestialBody.EarthMoonBarycenter
            ? share
            : SeriesPosition((int)body, days) - SeriesPosition((int)CelestialBody.EarthMoonBarycenter, days) + share;
    }

    /// <summary>By the libration where the file has it, else by the series of the IAU.</summary>
    public Matrix3 GcrfToMoonPrincipalAxes(Epoch epoch) => CoversLibration(epoch) ? MoonOrientation(epoch).GcrfToMoonFixed : Orbits.MoonOrientation.GcrfToPrincipalAxes(epoch);

    /// <summary>The Earth's velocity relative to the barycentre of the solar system, ICRF axes, km/s: what aberration needs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not covered.</exception>
    public Vector3d EarthBarycentricVelocityKmPerS(Epoch epoch)
    {
        if (!Covers(CelestialBody.EarthMoonBarycenter, epoch)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "The ephemeris does not cover this instant.");
        double days = TdbDays(epoch);
        return Series((int)CelestialBody.EarthMoonBarycenter, days).VelocityKmPerS - 1 / (1 + EarthMoonMassRatio) * Series((int)CelestialBody.Moon, days).VelocityKmPerS;
    }

    /// <summary>Whether the file has the Moon's libration at the instant.</summary>
    public bool CoversLibration(Epoch epoch) => CoversSeries(Layout.Libration) && IsInside(TdbDays(epoch));

    /// <summary>The turn from GCRF axes to the Moon's principal axes, and its rate (in principal axes, rad/s).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not covered.</exception>
    public (Matrix3 GcrfToMoonFixed, Vector3d AngularVelocityRadPerS) MoonOrientation(Epoch epoch)
    {
        if (!CoversLibration(epoch)) throw new ArgumentOutOfRangeException(nameof(epoch), epoch, "The ephemeris has no libration of the Moon for this instant.");
        var (angles, rates) = Series(Layout.Libration, TdbDays(epoch));
        var (sinTheta, cosTheta) = Math.SinCos(angles.Y);
        var (sinPsi, cosPsi) = Math.SinCos(angles.Z);
        var turn = Matrix3.RotationZ(angles.Z) * (Matrix3.RotationX(angles.Y) * Matrix3.RotationZ(angles.X));
        return (turn, new Vector3d(rates.X * sinTheta * sinPsi + rates.Y * cosPsi, rates.X * sinTheta * cosPsi - rates.Y * sinPsi, rates.X * cosTheta + rates.Z));
    }

    /// <inheritdoc/>
    public double ErrorKm(CelestialBody body) => body switch
    {
        CelestialBody.Moon or CelestialBody.EarthMoonBarycenter => 0.01,
        CelestialBody.Sun or CelestialBody.Mercury or CelestialBody.Venus or CelestialBody.Mars => 1,
        CelestialBody.Jupiter or CelestialBody.Saturn => 100,
        _ => 5_000,
    };

    private bool CoversSeries(int series) => _layout.Series[series].Sets > 0;

    /// <summary>Days of TDB since J2000.0, which keeps more digits than a Julian date.</summary>
    private static double TdbDays(Epoch epoch) => TimeScales.TdbSecondsSinceJ2000(epoch) / SecondsPerDay;

    private bool IsInside(double tdbDays) => tdbDays >= FirstJulianDateTdb - JulianDateJ2000 && tdbDays <= LastJulianDateTdb - JulianDateJ2000;

    /// <summary>Position and velocity, or angles and rates, of one series.</summary>
    private BodyState Series(int index, double tdbDays)
    {
        var all = Coefficients(index, tdbDays, out double x, out double perSecond);
        int terms = all.Length / 3;
        var (px, vx) = Chebyshev(all[..terms], x);
        var (py, vy) = Chebyshev(all.Slice(terms, terms), x);
        var (pz, vz) = Chebyshev(all.Slice(2 * terms, terms), x);
        return new BodyState(new Vector3d(px, py, pz), perSecond * new Vector3d(vx, vy, vz));
    }

    /// <summary>The position of <see cref="Series"/>: the same sums, of three coordinates side by side.</summary>
    private Vector3d SeriesPosition(int index, double tdbDays)
    {
        var all = Coefficients(index, tdbDays, out double x, out _);
        int terms = all.Length / 3;
        Vector3d b1 = default, b2 = default;
        for (int i = terms - 1; i > 0; i--) (b1, b2) = (new Vector3d(all[i], all[terms + i], all[2 * terms + i]) + 2 * x * b1 - b2, b1);
        return new Vector3d(all[0], all[terms], all[2 * terms]) + x * b1 - b2;
    }

    /// <summary>The coefficients of one series for an instant, coordinate by coordinate, and where in their interval it lies (-1 to 1).</summary>
    private ReadOnlySpan<double> Coefficients(int index, double tdbDays, out double x, out double perSecond)
    {
        var series = _layout.Series[index];
        double since = tdbDays - (FirstJulianDateTdb - JulianDateJ2000);
        int record = Math.Clamp((int)(since / _layout.DaysPerRecord), 0, _count - 1);
        double daysPerSet = _layout.DaysPerRecord / series.Sets, inRecord = since - record * _layout.DaysPerRecord;
        int set = Math.Clamp((int)(inRecord / daysPerSet), 0, series.Sets - 1);
        x = 2 * (inRecord - set * daysPerSet) / daysPerSet - 1;
        perSecond = 2 / (daysPerSet * SecondsPerDay);
        return _coefficients.AsSpan(record * _layout.RecordDoubles + series.Offset + set * 3 * series.Terms, 3 * series.Terms);
    }

    /// <summary>The sum of Chebyshev polynomials and its derivative by x, by Clenshaw's recurrence.</summary>
    private static (double Value, double Slope) Chebyshev(ReadOnlySpan<double> c, double x)
    {
        double b1 = 0, b2 = 0, d1 = 0, d2 = 0;
        for (int i = c.Length - 1; i > 0; i--)
        {
            (d1, d2) = (2 * b1 + 2 * x * d1 - d2, d1);
            (b1, b2) = (c[i] + 2 * x * b1 - b2, b1);
        }
        return (c[0] + x * b1 - b2, b1 + x * d1 - d2);
    }
}
