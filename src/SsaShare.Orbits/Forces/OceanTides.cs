using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What the tides of the oceans add to the harmonics of the Earth, degrees 2 to 8. Safe for concurrent use.</summary>
/// <remarks>
/// IERS Conventions (2010), section 6.3.1, equation 6.15, FES2004: 17 waves from 18.6 years to half a day; the small ones between them, by admittance, are left out (a tenth of all).
/// The harmonics are computed at nodes ten minutes apart and interpolated by cubics, which errs by less than 1e-5 of them.
/// </remarks>
internal sealed class OceanTides
{
    public const int Degree = 8;

    private const long StepNanoseconds = 600_000_000_000;
    private const int Places = 1_024;

    private static readonly (int[] Doodson, Term[] Terms)[] Waves = Parse(EarthFigures.Read("ocean-tides.txt"));

    private readonly HarmonicTables _tables;
    private readonly EarthOrientation _orientation;

    // By the last digits of their index: a week of them, and threads at different hours do not displace each other's.
    private readonly Node?[] _nodes = new Node?[Places];

    public OceanTides(HarmonicTables tables, EarthOrientation orientation) => (_tables, _orientation) = (tables, orientation);

    /// <summary>Adds the changes of C and S, as <see cref="HarmonicTables"/> lays them out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover the instant.</exception>
    public void Add(Epoch epoch, Span<double> c, Span<double> s)
    {
        var at = new CubicPlace(epoch, StepNanoseconds);
        long index = at.Index;
        var (wa, wb, wc, wd) = (at.Before, at.Here, at.Next, at.AfterNext);
        double[] na = NodeAt(index - 1, epoch), nb = NodeAt(index, epoch), nc = NodeAt(index + 1, epoch), nd = NodeAt(index + 2, epoch);
        int size = _tables.Size;
        for (int i = 0; i < size; i++)
        {
            c[i] += wa * na[i] + wb * nb[i] + wc * nc[i] + wd * nd[i];
            s[i] += wa * na[size + i] + wb * nb[size + i] + wc * nc[size + i] + wd * nd[size + i];
        }
    }

    /// <summary>C, then S, at a node.</summary>
    private double[] NodeAt(long index, Epoch within)
    {
        ref var place = ref _nodes[index & (Places - 1)];
        var node = Volatile.Read(ref place);
        if (node is null || node.Index != index)
        {
            node = new Node(index, Compute(index, within));
            Volatile.Write(ref place, node);
        }
        return node.Values;
    }

    private double[] Compute(long index, Epoch within)
    {
        var epoch = new Epoch(index * StepNanoseconds);
        // Nodes reach a little over the ends of the table; UT1 hardly changes there.
        double ut1 = _orientation.At(_orientation.Covers(epoch) ? epoch : within).Ut1MinusTaiSeconds;
        double t = epoch.TtCenturiesSinceJ2000, sidereal = EarthRotation.RotationAngleRad(epoch, ut1) + EarthRotation.EquinoxAheadRad(t);
        Span<double> arguments = stackalloc double[FundamentalArguments.Count], doodson = stackalloc double[6];
        FundamentalArguments.At(t, arguments);
        var (l, sun, f, d, node) = (arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
        double moon = f + node;
        (doodson[0], doodson[1], doodson[2], doodson[3], doodson[4], doodson[5]) = (sidereal + Math.PI - moon, moon, moon - d, moon - l, -node, moon - d - sun);
        double[] values = new double[2 * _tables.Size];
        foreach (var (multipliers, terms) in Waves)
        {
            double angle = 0;
            for (int i = 0; i < 6; i++) angle += multipliers[i] * doodson[i];
            var (sin, cos) = Math.SinCos(angle);
            foreach (var term in terms)
            {
                int i = _tables.Index(term.N, term.M);
                values[i] += (term.CPlus + term.CMinus) * cos + (term.SPlus + term.SMinus) * sin;
                values[_tables.Size + i] += (term.SPlus - term.SMinus) * cos - (term.CPlus - term.CMinus) * sin;
            }
        }
        return values;
    }

    /// <exception cref="FormatException">A line cannot be read.</exception>
    private static (int[] Doodson, Term[] Terms)[] Parse(string text)
    {
        var waves = new Dictionary<string, List<Term>>();
        foreach (var (line, words) in EarthFigures.Rows(text))
        {
            if (words.Length != 7) throw new FormatException($"Line {line}: expected a Doodson number, degree, order and four amplitudes.");
            if (!waves.TryGetValue(words[0], out var terms)) waves[words[0]] = terms = [];
            double amplitude(int i) => 1e-11 * EarthFigures.Number(line, words[i]);
            terms.Add(new Term(EarthFigures.Integer(line, words[1]), EarthFigures.Integer(line, words[2]), amplitude(3), amplitude(4), amplitude(5), amplitude(6)));
        }
        return [.. waves.Select(wave => (Multipliers(wave.Key), wave.Value.ToArray()))];
    }

    /// <summary>255.555 is twice the first argument; digits after the first are five too large.</summary>
    private static int[] Multipliers(string doodson)
    {
        int number = int.Parse(doodson.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        int[] digits = new int[6];
        for (int i = 5; i >= 0; i--, number /= 10) digits[i] = number % 10 - (i == 0 ? 0 : 5);
        return digits;
    }

    private readonly record struct Term(int N, int M, double CPlus, double SPlus, double CMinus, double SMinus);

    private sealed record Node(long Index, double[] Values);
}
