namespace SsaShare.Orbits;

/// <summary>Spherical harmonics of the gravity of a body. Immutable.</summary>
public sealed class GravityField
{
    private const int MaxDegreeAllowed = 100;

    // Fully normalised, [n * (n + 1) / 2 + m].
    private readonly double[] _c, _s;

    private static readonly Lazy<GravityField> MoonField = new(() => Parse(EarthFigures.Read("gravity-moon.txt")));

    private GravityField(double muKm3PerS2, double radiusKm, int degree, double[] c, double[] s)
        => (MuKm3PerS2, RadiusKm, Degree, _c, _s) = (muKm3PerS2, radiusKm, degree, c, s);

    /// <summary>seeds/earth/gravity.txt: EGM2008, tide-free, to degree and order 70.</summary>
    public static GravityField Default { get; } = Parse(EarthFigures.Read("gravity.txt"));

    /// <summary>seeds/earth/gravity-moon.txt: GRGM900C, in the Moon's principal axes, to degree and order 16.</summary>
    public static GravityField Moon => MoonField.Value;

    /// <summary>Gravitational parameter; of the Earth with its atmosphere.</summary>
    public double MuKm3PerS2 { get; }

    /// <summary>The radius that the coefficients refer to.</summary>
    public double RadiusKm { get; }

    public int Degree { get; }

    /// <summary>Unnormalised second zonal coefficient, positive (about 1.0826e-3).</summary>
    public double J2 => -Math.Sqrt(5) * _c[3];

    /// <summary>Reads GM and radius (km) from the first line, then degree, order, C and S, fully normalised.</summary>
    /// <exception cref="FormatException">A line cannot be read, or a coefficient is missing or given twice.</exception>
    public static GravityField Parse(string text)
    {
        var rows = EarthFigures.Rows(text).ToList();
        if (rows.Count < 2 || rows[0].Words.Length != 2) throw new FormatException("Expected GM and radius, then coefficients.");
        int degree = rows.Skip(1).Max(row => EarthFigures.Integer(row.Line, row.Words[0]));
        if (degree is < 2 or > MaxDegreeAllowed) throw new FormatException($"The degree is from 2 to {MaxDegreeAllowed}, not {degree}.");
        double[] c = new double[Index(degree, degree) + 1], s = new double[c.Length];
        Array.Fill(c, double.NaN, Index(2, 0), c.Length - Index(2, 0));
        c[0] = 1;
        foreach (var (line, words) in rows.Skip(1))
        {
            if (words.Length != 4) throw new FormatException($"Line {line}: expected degree, order, C and S.");
            int n = EarthFigures.Integer(line, words[0]), m = EarthFigures.Integer(line, words[1]);
            if (n < 2 || m < 0 || m > n || !double.IsNaN(c[Index(n, m)])) throw new FormatException($"Line {line}: coefficient {n},{m} is out of range or given twice.");
            c[Index(n, m)] = EarthFigures.Number(line, words[2]);
            s[Index(n, m)] = EarthFigures.Number(line, words[3]);
        }
        if (c.Any(double.IsNaN)) throw new FormatException("A coefficient is missing.");
        return new GravityField(EarthFigures.Number(rows[0].Line, rows[0].Words[0]), EarthFigures.Number(rows[0].Line, rows[0].Words[1]), degree, c, s);
    }

    /// <summary>Coefficients C and S, fully normalised.</summary>
    internal (double C, double S) Normalized(int n, int m) => (_c[Index(n, m)], _s[Index(n, m)]);

    private static int Index(int n, int m) => n * (n + 1) / 2 + m;
}
