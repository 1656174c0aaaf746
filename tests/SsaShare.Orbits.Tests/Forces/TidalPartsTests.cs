using System.Globalization;
using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>The changes of the harmonics against a second evaluation, straight from the equations of the IERS Conventions (2010): complex numbers, Doodson's arguments, closed forms.</summary>
public class TidalPartsTests
{
    private static readonly Epoch Time = Testing.At("2016-02-14T07:13:20");
    private static readonly GravityField Field = GravityField.Default;

    // Table 6.5a from 5e-13 and table 6.5b from 5e-13: Doodson number, in phase, out of phase, 1e-12.
    private const string Diurnal = """
        135655 -0.7 0.1
        145545 -1.3 0.1
        145555 -6.8 0.6
        155655 1.3 -0.1
        162556 -1.9 0.1
        163545 0.5 0
        163555 -43.4 2.9
        164554 0.6 0
        164556 1.6 -0.1
        165545 -8.8 0.5
        165555 470.9 -30.2
        165565 68.1 -4.6
        165575 -1.6 0.1
        166554 -20.6 -0.3
        167555 -5.0 0.3
        173655 -0.5 0
        175455 -2.1 0.1
        185555 -0.6 0
        """;

    private const string OfLongPeriod = """
        055565 16.6 -6.7
        056554 -1.2 0.8
        057555 -5.5 4.3
        063655 -0.3 0.7
        065455 -1.2 3.7
        073555 0 0.6
        075555 0.6 6.3
        075565 0.2 2.6
        085455 0.4 1.1
        085465 0.2 0.5
        """;

    [Fact]
    public void Add_SolidAndPoleTides_AreThoseOfTheEquations()
    {
        var (c, s) = Changes(withOceans: false);
        var expected = Body();
        Sum(expected, Frequencies());
        Sum(expected, Pole());
        AssertAll(expected, c, s, 2e-14);
    }

    [Fact]
    public void Add_WithOceans_AddsThoseOfEquation615()
    {
        var (c, s) = Changes(withOceans: true);
        var (solidC, solidS) = Changes(withOceans: false);
        for (int i = 0; i < c.Length; i++) (c[i], s[i]) = (c[i] - solidC[i], s[i] - solidS[i]);
        // Cubics between nodes ten minutes apart err by 1e-14.
        AssertAll(Oceans(), c, s, 4e-14);
    }

    /// <summary>M2 of degree and order 2 at 60 degrees, by hand: half of (C+ + C-) and 0.8660254 of (S+ + S-), and likewise.</summary>
    [Fact]
    public void Wave_OneRowByHand_IsItsTwoLines()
    {
        var row = Wave(-39.362, 46.757, 9.573, 5.245, Math.PI / 3);
        Assert.Equal(0.5 * -29.789 + 0.8660254 * 52.002, row.Real, 1e-5);
        Assert.Equal(0.5 * 41.512 + 0.8660254 * 48.935, -row.Imaginary, 1e-5);
    }

    /// <summary>Section 6.2.1 writes K1 out: C21 by 470.9 sin(θ+π) - 30.2 cos(θ+π), S21 by 470.9 cos(θ+π) + 30.2 sin(θ+π), 1e-12.</summary>
    [Fact]
    public void Frequencies_K1AsTheConventionsWriteIt_IsMostOfThem()
    {
        var all = Frequencies()[(2, 1)];
        double angle = SiderealRad() + Math.PI, c21 = 470.9 * Math.Sin(angle) - 30.2 * Math.Cos(angle), s21 = 470.9 * Math.Cos(angle) + 30.2 * Math.Sin(angle);
        Assert.Equal(c21, 1e12 * all.Real, 140.0);
        Assert.Equal(s21, -1e12 * all.Imaginary, 140.0);
    }

    /// <summary>Equations 6.6 and 6.7: C - iS of one body is k GMb/GM (R/r)^(n+1) P(sin) exp(-imλ) / (2n+1).</summary>
    private static Dictionary<(int N, int M), Complex> Body()
    {
        var love = new Dictionary<(int, int), Complex>
        {
            [(2, 0)] = 0.30190, [(2, 1)] = new(0.29830, -0.00144), [(2, 2)] = new(0.30102, -0.00130), [(3, 0)] = 0.093, [(3, 1)] = 0.093, [(3, 2)] = 0.093, [(3, 3)] = 0.094,
        };
        var ofDegree4 = new Dictionary<int, double> { [0] = -0.00089, [1] = -0.00080, [2] = -0.00057 };
        var sum = new Dictionary<(int, int), Complex>();
        foreach (var (body, mu) in ((Vector3d, double)[])[(Of(CelestialBody.Sun), SunAndMoon.SunMuKm3PerS2), (Of(CelestialBody.Moon), SunAndMoon.MoonMuKm3PerS2)])
        {
            double r = body.Norm, latitude = Math.Asin(body.Z / r), longitude = Math.Atan2(body.Y, body.X);
            Complex at(int n, int m) => mu / Field.MuKm3PerS2 * Math.Pow(Field.RadiusKm / r, n + 1) / (2 * n + 1) * Legendre(n, m, Math.Sin(latitude)) * Complex.FromPolarCoordinates(1, -m * longitude);
            foreach (var ((n, m), k) in love) sum[(n, m)] = sum.GetValueOrDefault((n, m)) + k * at(n, m);
            foreach (var (m, k) in ofDegree4) sum[(4, m)] = sum.GetValueOrDefault((4, m)) + k * at(2, m);
        }
        return sum;
    }

    /// <summary>Equations 6.8a and 6.8b.</summary>
    private static Dictionary<(int N, int M), Complex> Frequencies()
    {
        Complex zonal = 0, diurnal = 0;
        foreach (var (angle, inPhase, outOfPhase) in Rows(OfLongPeriod)) zonal += inPhase * Math.Cos(angle) - outOfPhase * Math.Sin(angle);
        foreach (var (angle, inPhase, outOfPhase) in Rows(Diurnal)) diurnal += -Complex.ImaginaryOne * new Complex(inPhase, outOfPhase) * Complex.FromPolarCoordinates(1, angle);
        return new() { [(2, 0)] = 1e-12 * zonal, [(2, 1)] = 1e-12 * diurnal };

        static IEnumerable<(double Angle, double InPhase, double OutOfPhase)> Rows(string table) => table.Split('\n').Select(line => line.Split(' '))
            .Select(words => (Doodson(words[0]), double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture)));
    }

    /// <summary>
    /// Pole tides as complex products (equations 6.22 and 6.24), and C21 and S21 of the field (equation 6.5) by turning the quadric of degree 2 to the secular pole,
    /// 55.0 + 1.677 t and 320.5 + 3.460 t mas with t in years since 2000.
    /// </summary>
    private static Dictionary<(int N, int M), Complex> Pole()
    {
        double years = Time.SecondsSince(Epoch.J2000) / (365.25 * 86_400), arcsecond = Math.PI / 648_000;
        double x = 1e-3 * (55.0 + 1.677 * years), y = 1e-3 * (320.5 + 3.460 * years);
        var measured = Rotation.Orientation.At(Time);
        var wobble = new Complex(measured.PoleXRad / arcsecond - x, -(measured.PoleYRad / arcsecond - y));
        var solid = -1.333e-9 * new Complex(1, -0.0115) * wobble;
        double oceanC = -2.1778e-10 * (wobble.Real - 0.01724 * wobble.Imaginary), oceanS = -1.7232e-10 * (wobble.Imaginary - 0.03365 * wobble.Real);

        double c20 = Field.Normalized(2, 0).C, root5 = Math.Sqrt(5), n21 = Math.Sqrt(5.0 / 3), n22 = Math.Sqrt(5.0 / 12);
        var (c22, s22) = Field.Normalized(2, 2);
        double half = -0.5 * root5 * c20, xy = 3 * n22 * s22;
        var quadric = new Matrix3(half + 3 * n22 * c22, xy, 0, xy, half - 3 * n22 * c22, 0, 0, 0, root5 * c20);
        // The pole stands at x, -y; the field has no C21 and S21 about it.
        var toFigure = new Matrix3(1, 0, -x * arcsecond, 0, 1, y * arcsecond, x * arcsecond, -y * arcsecond, 1);
        var turned = toFigure.Transposed * (quadric * toFigure);
        var field = Field.Normalized(2, 1);
        double c = solid.Real + oceanC + turned.M02 / (1.5 * n21) - field.C, s = solid.Imaginary + oceanS + turned.M12 / (1.5 * n21) - field.S;
        return new() { [(2, 1)] = new Complex(c, -s) };
    }

    private static Dictionary<(int N, int M), Complex> Oceans()
    {
        var sum = new Dictionary<(int, int), Complex>();
        foreach (string line in EarthFigures.Read("ocean-tides.txt").Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] w = line.Split(' ');
            double amplitude(int i) => 1e-11 * double.Parse(w[i], CultureInfo.InvariantCulture);
            var place = (int.Parse(w[1], CultureInfo.InvariantCulture), int.Parse(w[2], CultureInfo.InvariantCulture));
            sum[place] = sum.GetValueOrDefault(place) + Wave(amplitude(3), amplitude(4), amplitude(5), amplitude(6), Doodson(w[0].Replace(".", "", StringComparison.Ordinal).PadLeft(6, '0')));
        }
        return sum;
    }

    /// <summary>Equation 6.15: C - iS = (C+ - iS+) exp(iθ) + (C- + iS-) exp(-iθ).</summary>
    private static Complex Wave(double cPlus, double sPlus, double cMinus, double sMinus, double angle)
        => new Complex(cPlus, -sPlus) * Complex.FromPolarCoordinates(1, angle) + new Complex(cMinus, sMinus) * Complex.FromPolarCoordinates(1, -angle);

    /// <summary>Mean longitudes of Moon, Sun, their perigees and the node by Meeus, Astronomical Algorithms (1998), chapters 25 and 47.</summary>
    private static double Doodson(string number)
    {
        double t = Time.TtCenturiesSinceJ2000, degree = Math.PI / 180;
        double s = 218.3164477 + 481_267.88123421 * t - 0.0015786 * t * t, h = s - (297.8501921 + 445_267.1114034 * t - 0.0018819 * t * t);
        double p = s - (134.9633964 + 477_198.8675055 * t + 0.0087414 * t * t), node = s - (93.2720950 + 483_202.0175233 * t - 0.0036539 * t * t);
        double perihelion = h - (357.5291092 + 35_999.0502909 * t - 0.0001536 * t * t);
        double[] angles = [SiderealRad() + Math.PI - s * degree, s * degree, h * degree, p * degree, -node * degree, perihelion * degree];
        return angles.Select((angle, i) => (number[i] - '0' - (i == 0 ? 0 : 5)) * angle).Sum();
    }

    /// <summary>By the theory of 1982 instead of the Earth rotation angle.</summary>
    private static double SiderealRad() => Fk5.MeanSiderealTimeRad(Time, Rotation.Orientation.At(Time).Ut1MinusTaiSeconds);

    /// <summary>Fully normalised, by the sum of powers.</summary>
    private static double Legendre(int n, int m, double x)
    {
        static double factorial(int k) => k < 2 ? 1 : k * factorial(k - 1);
        double sum = 0;
        for (int k = 0; n - 2 * k - m >= 0; k++) sum += (k % 2 == 0 ? 1 : -1) * factorial(2 * n - 2 * k) / (factorial(k) * factorial(n - k) * factorial(n - 2 * k - m)) * Math.Pow(x, n - 2 * k - m);
        return Math.Pow(1 - x * x, 0.5 * m) * sum / Math.Pow(2, n) * Math.Sqrt((m == 0 ? 1 : 2) * (2 * n + 1) * factorial(n - m) / factorial(n + m));
    }

    private static EarthRotation Rotation => EarthRotation.Default;

    private static Vector3d Of(CelestialBody body) => Rotation.At(Time).GcrfToItrf * AnalyticSolarSystem.Instance.PositionKm(body, Time);

    private static (double[] C, double[] S) Changes(bool withOceans)
    {
        var tides = new TidalCoefficients(Field, Rotation.Orientation, withOceans);
        double[] c = new double[TidalCoefficients.Tables.Size], s = new double[c.Length];
        tides.Add(Time, Rotation.At(Time).GcrfToItrf, Of(CelestialBody.Sun), Of(CelestialBody.Moon), c, s);
        return (c, s);
    }

    private static void Sum(Dictionary<(int, int), Complex> all, Dictionary<(int, int), Complex> more)
    {
        foreach (var (place, value) in more) all[place] = all.GetValueOrDefault(place) + value;
    }

    private static void AssertAll(Dictionary<(int N, int M), Complex> expected, double[] c, double[] s, double within)
    {
        for (int n = 2; n <= TidalCoefficients.Degree; n++)
        for (int m = 0; m <= n; m++)
        {
            int i = TidalCoefficients.Tables.Index(n, m);
            var found = new Complex(c[i], m == 0 ? 0 : -s[i]);
            var (real, imaginary) = (expected.GetValueOrDefault((n, m)).Real, m == 0 ? 0 : expected.GetValueOrDefault((n, m)).Imaginary);
            Assert.True(Complex.Abs(found - new Complex(real, imaginary)) <= within, $"{n},{m}: expected {real:G6} {imaginary:G6}, got {found:G6}");
        }
    }
}
