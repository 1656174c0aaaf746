namespace SsaShare.Agreements;

/// <summary>For one selector: which clauses of a list pass for a value, as bits; bit i is clause i. Immutable.</summary>
internal sealed class SelectorIndex<T>
    where T : notnull
{
    private readonly Dictionary<T, ulong[]> _byValue;
    private readonly ulong[] _leftOut;

    /// <param name="selectors">One for each clause.</param>
    /// <param name="leftOutPasses">Whether a selector that was left out lets every value pass, as is the rule, or none.</param>
    public SelectorIndex(IReadOnlyList<Selector<T>> selectors, bool leftOutPasses = true)
    {
        int words = ClauseBits.Words(selectors.Count);
        _leftOut = new ulong[words];
        for (int i = 0; leftOutPasses && i < selectors.Count; i++)
            if (selectors[i].IsAny) ClauseBits.Set(_leftOut, i);
        _byValue = [];
        for (int i = 0; i < selectors.Count; i++)
            foreach (var value in selectors[i].Values)
            {
                if (!_byValue.TryGetValue(value, out ulong[]? bits)) _byValue.Add(value, bits = [.. _leftOut]);
                ClauseBits.Set(bits, i);
            }
    }

    /// <summary>The clauses that pass whatever the value is.</summary>
    public ReadOnlySpan<ulong> LeftOut => _leftOut;

    /// <summary>The clauses that pass for a known value.</summary>
    public ReadOnlySpan<ulong> Of(T value) => _byValue.TryGetValue(value, out ulong[]? bits) ? bits : _leftOut;
}
