namespace SsaShare.Orbits;

/// <summary>Position of the celestial intermediate pole and the CIO locator, by the series of IAU 2006/2000A.</summary>
/// <remarks>
/// IERS Conventions (2010), section 5.5.4 and tables 5.2a, 5.2b and 5.2d, all terms.
/// </remarks>
internal sealed class CelestialPole
{
    private const double RadPerMicroarcsecond = Math.PI / 648_000.0 / 1e6;

    private static readonly double[] PolynomialX = [-16_617.0, 2_004_191_898.0, -429_782.9, -198_618.34, 7.578, 5.9285];
    private static readonly double[] PolynomialY = [-6_951.0, -25_896.0, -22_407_274.7, 1_900.59, 1_112.526, 0.1358];
    private static readonly double[] PolynomialS = [94.0, 3_808.65, -122.68, -72_574.11, 27.98, 15.62];

    private readonly Term[] _x, _y, _s;

    private CelestialPole(Term[] x, Term[] y, Term[] s) => (_x, _y, _s) = (x, y, s);

    /// <summary>seeds/earth/celestial-pole.txt.</summary>
    public static CelestialPole Default { get; } = Parse(EarthFigures.Read("celestial-pole.txt"));

    /// <exception cref="FormatException">A line cannot be read.</exception>
    public static CelestialPole Parse(string text)
    {
        var terms = new Dictionary<string, List<Term>> { ["X"] = [], ["Y"] = [], ["S"] = [] };
        foreach (var (line, words) in EarthFigures.Rows(text))
        {
            if (words.Length < 4 || words.Length > 4 + FundamentalArguments.Count || !terms.TryGetValue(words[0], out var list))
                throw new FormatException($"Line {line}: expected X, Y or S, a power, two amplitudes and up to {FundamentalArguments.Count} multipliers.");
            int power = EarthFigures.Integer(line, words[1]);
            if (power is < 0 or > 4) throw new FormatException($"Line {line}: the power of time is from 0 to 4.");
            int[] multipliers = [.. words.Skip(4).Select(word => EarthFigures.Integer(line, word))];
            list.Add(new Term(power, EarthFigures.Number(line, words[2]), EarthFigures.Number(line, words[3]), multipliers));
        }
        return new CelestialPole([.. terms["X"]], [.. terms["Y"]], [.. terms["S"]]);
    }

    /// <param name="ttCenturies">Julian centuries of TT since J2000.0.</param>
    public (double X, double Y, double SRad) At(double ttCenturies)
    {
        Span<double> argumentsRad = stackalloc double[FundamentalArguments.Count];
        FundamentalArguments.At(ttCenturies, argumentsRad);
        double x = Sum(PolynomialX, _x, ttCenturies, argumentsRad) * RadPerMicroarcsecond;
        double y = Sum(PolynomialY, _y, ttCenturies, argumentsRad) * RadPerMicroarcsecond;
        double s = Sum(PolynomialS, _s, ttCenturies, argumentsRad) * RadPerMicroarcsecond - x * y / 2;
        return (x, y, s);
    }

    private static double Sum(double[] polynomial, Term[] terms, double t, ReadOnlySpan<double> argumentsRad)
    {
        Span<double> powers = [1, t, t * t, t * t * t, t * t * t * t];
        double sum = 0;
        // The smallest terms come last in the tables and are added first.
        for (int i = terms.Length - 1; i >= 0; i--)
        {
            var term = terms[i];
            double argumentRad = 0;
            for (int j = 0; j < term.Multipliers.Length; j++)
                if (term.Multipliers[j] != 0) argumentRad += term.Multipliers[j] * argumentsRad[j];
            var (sine, cosine) = Math.SinCos(argumentRad);
            sum += (term.Sine * sine + term.Cosine * cosine) * powers[term.Power];
        }
        double value = 0;
        for (int i = polynomial.Length - 1; i >= 0; i--) value = value * t + polynomial[i];
        return value + sum;
    }

    private sealed record Term(int Power, double Sine, double Cosine, int[] Multipliers);
}
