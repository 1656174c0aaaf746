namespace SsaShare.Agreements;

/// <summary>As <see cref="SelectorIndex{T}"/>, for an enumeration of small numbers: one array look-up. Immutable.</summary>
internal sealed class EnumIndex
{
    private readonly ulong[][] _byNumber;
    private readonly ulong[] _leftOut;

    private EnumIndex(ulong[][] byNumber, ulong[] leftOut) => (_byNumber, _leftOut) = (byNumber, leftOut);

    /// <param name="selectors">One for each clause.</param>
    public static EnumIndex Of<T>(IReadOnlyList<Selector<T>> selectors)
        where T : struct, Enum
    {
        ulong[] leftOut = new ulong[ClauseBits.Words(selectors.Count)];
        for (int i = 0; i < selectors.Count; i++)
            if (selectors[i].IsAny) ClauseBits.Set(leftOut, i);
        ulong[][] byNumber = [.. Enumerable.Range(0, Enum.GetValues<T>().Max(Number) + 1).Select(_ => leftOut.ToArray())];
        for (int i = 0; i < selectors.Count; i++)
            foreach (var value in selectors[i].Values) ClauseBits.Set(byNumber[Number(value)], i);
        return new EnumIndex(byNumber, leftOut);
    }

    /// <summary>The clauses that pass whatever the value is.</summary>
    public ReadOnlySpan<ulong> LeftOut => _leftOut;

    /// <summary>The clauses that pass for a known value, given as its number.</summary>
    public ReadOnlySpan<ulong> Of(int number) => (uint)number < (uint)_byNumber.Length ? _byNumber[number] : _leftOut;

    private static int Number<T>(T value)
        where T : struct, Enum
        => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);
}
