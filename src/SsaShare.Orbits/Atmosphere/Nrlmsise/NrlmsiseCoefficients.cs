namespace SsaShare.Orbits;

/// <summary>The tables of numbers of NRLMSISE-00 by their published names; the index counts from 1, as in the publication.</summary>
internal sealed class NrlmsiseCoefficients
{
    private const int Longest = 151;

    private readonly Dictionary<string, double[]> _tables = [];

    private NrlmsiseCoefficients(string text)
    {
        foreach (var (line, words) in EarthFigures.Rows(text))
        {
            if (words.Length != 3) throw new FormatException($"Line {line}: expected table, index, value.");
            int index = EarthFigures.Integer(line, words[1]);
            if (index is < 1 or >= Longest) throw new FormatException($"Line {line}: there is no index {index}.");
            if (!_tables.TryGetValue(words[0], out double[]? table)) _tables[words[0]] = table = new double[Longest];
            table[index] = EarthFigures.Number(line, words[2]);
        }
    }

    public static NrlmsiseCoefficients Default { get; } = new(EarthFigures.Read("nrlmsise00.txt"));

    public double[] this[string table] => _tables[table];
}
