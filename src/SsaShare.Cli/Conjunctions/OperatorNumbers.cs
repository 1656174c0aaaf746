using System.Text;

namespace SsaShare.Cli;

/// <summary>The numbers by which approaches call their objects: of the catalog, or assigned to objects that have none there. Not safe for concurrent use.</summary>
internal sealed class OperatorNumbers
{
    /// <summary>Numbers assigned begin here: no catalogue has so large ones.</summary>
    public const long FirstAssigned = 1_000_000_000;

    private readonly Dictionary<string, long?> _byDesignator = [];
    private readonly Dictionary<string, long> _assigned = [];

    /// <summary>What was assigned, by number.</summary>
    public SortedDictionary<long, string> Assigned { get; } = [];

    /// <summary>A catalog tells which number goes with a designator.</summary>
    public void Learn(OperatorName name)
    {
        if (name is not { NoradId: { } number, CosparId: { } designator }) return;
        // A designator of several numbers tells none of them.
        if (!_byDesignator.TryAdd(designator, number) && _byDesignator[designator] != number) _byDesignator[designator] = null;
    }

    /// <summary>The number in the catalog, by the designator if need be; else one that follows from the name alone, so that it is the same in every run.</summary>
    public long Of(OperatorName name)
    {
        if (name.NoradId is { } number) return number;
        if (name.CosparId is { } designator && _byDesignator.TryGetValue(designator, out var known) && known is { } alone) return alone;
        string key = name.CosparId ?? name.Name ?? "";
        if (_assigned.TryGetValue(key, out number)) return number;
        number = FirstAssigned + Hash(key) % FirstAssigned;
        // Two names with one number: of a thousand once in two thousand runs.
        while (Assigned.ContainsKey(number)) number++;
        Assigned.Add(number, name.ToString());
        return _assigned[key] = number;
    }

    /// <summary>FNV-1a (Fowler, Noll and Vo), 64 bits.</summary>
    private static long Hash(string text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte one in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ one) * 1_099_511_628_211);
        return (long)(hash >> 1);
    }
}
