namespace SsaShare.Orbits;

/// <summary>Nutation in longitude and obliquity by the IAU theory of 1980, 106 terms: what SGP4's frame rests on.</summary>
/// <remarks>
/// Seidelmann 1982, Celestial Mechanics 27, 79; arguments as in that paper. Differs from what is observed today by 0.1" (3 m in low orbit),
/// which the IERS publishes as dPsi and dEpsilon.
/// </remarks>
internal sealed class NutationIau1980
{
    private const double RadPerArcsecond = Math.PI / 648_000.0;
    private const double RadPerUnit = RadPerArcsecond * 1e-4;
    private const int Arguments = 5;

    /// <summary>l, l', F, D, Ω: arcseconds at J2000.0 and their polynomials in Julian centuries; whole turns per century apart.</summary>
    private static readonly (double[] Arcseconds, double TurnsPerCentury)[] Fundamental =
    [
        ([485_866.733, 715_922.633, 31.310, 0.064], 1_325),
        ([1_287_099.804, 1_292_581.224, -0.577, -0.012], 99),
        ([335_778.877, 295_263.137, -13.257, 0.011], 1_342),
        ([1_072_261.307, 1_105_601.328, -6.891, 0.019], 1_236),
        ([450_160.280, -482_890.539, 7.455, 0.008], -5),
    ];

    private readonly Term[] _terms;

    private NutationIau1980(Term[] terms) => _terms = terms;

    /// <summary>seeds/earth/nutation-1980.txt.</summary>
    public static NutationIau1980 Default { get; } = Parse(EarthFigures.Read("nutation-1980.txt"));

    /// <exception cref="FormatException">A line cannot be read.</exception>
    public static NutationIau1980 Parse(string text)
    {
        var terms = new List<Term>();
        foreach (var (line, words) in EarthFigures.Rows(text))
        {
            if (words.Length != Arguments + 4) throw new FormatException($"Line {line}: expected {Arguments} multipliers and 4 amplitudes.");
            int[] multipliers = [.. words.Take(Arguments).Select(word => EarthFigures.Integer(line, word))];
            double figure(int i) => EarthFigures.Number(line, words[Arguments + i]);
            terms.Add(new Term(multipliers, figure(0), figure(1), figure(2), figure(3)));
        }
        return new NutationIau1980([.. terms]);
    }

    /// <param name="ttCenturies">Julian centuries of TT since J2000.0.</param>
    public (double LongitudeRad, double ObliquityRad) At(double ttCenturies)
    {
        Span<double> rad = stackalloc double[Arguments];
        for (int i = 0; i < Arguments; i++) rad[i] = ArgumentRad(i, ttCenturies);
        double longitude = 0, obliquity = 0;
        for (int i = _terms.Length - 1; i >= 0; i--)
        {
            var term = _terms[i];
            double argument = 0;
            for (int j = 0; j < Arguments; j++) argument += term.Multipliers[j] * rad[j];
            var (sine, cosine) = Math.SinCos(argument);
            longitude += (term.Longitude + term.LongitudePerCentury * ttCenturies) * sine;
            obliquity += (term.Obliquity + term.ObliquityPerCentury * ttCenturies) * cosine;
        }
        return (longitude * RadPerUnit, obliquity * RadPerUnit);
    }

    /// <summary>Longitude of the Moon's mean ascending node, rad.</summary>
    public static double MoonNodeRad(double ttCenturies) => ArgumentRad(4, ttCenturies);

    private static double ArgumentRad(int i, double t)
    {
        var (c, turns) = Fundamental[i];
        double arcseconds = c[0] + t * (c[1] + t * (c[2] + t * c[3]));
        return arcseconds % 1_296_000.0 * RadPerArcsecond + turns * t % 1.0 * Math.Tau;
    }

    private sealed record Term(int[] Multipliers, double Longitude, double LongitudePerCentury, double Obliquity, double ObliquityPerCentury);
}
