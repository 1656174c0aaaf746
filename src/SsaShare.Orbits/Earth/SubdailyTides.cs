using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What the oceans' daily and half-daily tides do to the pole and to UT1: up to 0.9 mas and 0.07 ms, 3 cm on the ground. Tables of Earth orientation leave it out.</summary>
/// <remarks>IERS Conventions (2010), section 8.2, 71 terms. The libration terms of section 5.5 (1 mm) are left out.</remarks>
internal static class SubdailyTides
{
    private const double RadPerMicroarcsecond = Math.PI / 648_000.0 / 1e6;
    private const int Arguments = 6;

    private static readonly Term[] Terms = Parse(EarthFigures.Read("subdaily-tides.txt"));

    /// <summary>To be added to the pole (rad) and to UT1 (s).</summary>
    public static (double PoleXRad, double PoleYRad, double Ut1Seconds) At(Epoch epoch)
    {
        // The sidereal angle need not be better than a second of time: UT1 is taken for TAI less 32 s.
        const double AboutUt1MinusTai = -32;
        Span<double> all = stackalloc double[FundamentalArguments.Count];
        FundamentalArguments.At(epoch.TtCenturiesSinceJ2000, all);
        Span<double> rad = [Fk5.MeanSiderealTimeRad(epoch, AboutUt1MinusTai) + Math.PI, all[0], all[1], all[2], all[3], all[4]];
        double x = 0, y = 0, ut1 = 0;
        foreach (var term in Terms)
        {
            double argument = 0;
            for (int j = 0; j < Arguments; j++) argument += term.Multipliers[j] * rad[j];
            var (sine, cosine) = Math.SinCos(argument);
            x += term.XSine * sine + term.XCosine * cosine;
            y += term.YSine * sine + term.YCosine * cosine;
            ut1 += term.Ut1Sine * sine + term.Ut1Cosine * cosine;
        }
        return (x * RadPerMicroarcsecond, y * RadPerMicroarcsecond, ut1 * 1e-6);
    }

    private static Term[] Parse(string text)
    {
        var terms = new List<Term>();
        foreach (var (line, words) in EarthFigures.Rows(text))
        {
            if (words.Length != Arguments + 6) throw new FormatException($"Line {line}: expected {Arguments} multipliers and 6 amplitudes.");
            int[] multipliers = [.. words.Take(Arguments).Select(word => EarthFigures.Integer(line, word))];
            double figure(int i) => EarthFigures.Number(line, words[Arguments + i]);
            terms.Add(new Term(multipliers, figure(0), figure(1), figure(2), figure(3), figure(4), figure(5)));
        }
        return [.. terms];
    }

    private sealed record Term(int[] Multipliers, double XSine, double XCosine, double YSine, double YCosine, double Ut1Sine, double Ut1Cosine);
}
