namespace SsaShare.Agreements;

/// <summary>
/// Which clauses of a list pass for an object, as bits; bit i is clause i. A clause names objects itself or through lists, and objects of
/// the same lists share one bit set, so that long lists named by many clauses stay small. Immutable.
/// </summary>
internal sealed class ObjectIndex
{
    private readonly Dictionary<string, ulong[]> _byTag = new(StringComparer.OrdinalIgnoreCase);
    private readonly ulong[] _leftOut;

    /// <param name="clauses">Sorted as the bits are.</param>
    /// <param name="lists">Those of the agreement.</param>
    public ObjectIndex(IReadOnlyList<Clause> clauses, IReadOnlyList<ObjectList> lists)
    {
        _leftOut = new ulong[ClauseBits.Words(clauses.Count)];
        ulong[][] namedBy = [.. lists.Select(_ => new ulong[_leftOut.Length])];
        for (int i = 0; i < clauses.Count; i++)
        {
            if (IsLeftOut(clauses[i])) ClauseBits.Set(_leftOut, i);
            for (int list = 0; list < lists.Count; list++)
                if (Names(clauses[i], lists[list])) ClauseBits.Set(namedBy[list], i);
        }
        AddLists(lists, namedBy);
        for (int i = 0; i < clauses.Count; i++)
            foreach (var tag in clauses[i].Objects.Values)
            {
                ulong[] bits = _byTag.TryGetValue(tag.Value, out ulong[]? known) ? [.. known] : [.. _leftOut];
                ClauseBits.Set(bits, i);
                _byTag[tag.Value] = bits;
            }
    }

    /// <summary>The clauses that say nothing about objects.</summary>
    public ReadOnlySpan<ulong> LeftOut => _leftOut;

    /// <summary>The clauses that pass for an object, given by its normalised tag, or for any if that is empty; allocates nothing.</summary>
    public ReadOnlySpan<ulong> Of(ReadOnlySpan<char> tag)
        => _byTag.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(tag, out ulong[]? bits) ? bits : _leftOut;

    /// <summary>The clauses that pass for an object by any of its names; allocates nothing.</summary>
    /// <param name="names">As <see cref="ObjectTags"/> has them.</param>
    /// <param name="passing">Gets them.</param>
    /// <returns>False when it has no name, and is any object.</returns>
    public bool TryName(ReadOnlySpan<char> names, Span<ulong> passing)
    {
        _leftOut.CopyTo(passing);
        bool isKnown = false;
        foreach (var range in names.Split(ObjectTags.BetweenNames))
        {
            var tag = ObjectTag.Normalise(names[range]);
            isKnown |= !tag.IsEmpty;
            var bits = Of(tag);
            for (int w = 0; w < passing.Length; w++) passing[w] |= bits[w];
        }
        return isKnown;
    }

    public static bool IsLeftOut(Clause clause) => clause.Objects.IsAny && clause.ObjectLists.IsAny && clause.OwnerNations.IsAny && clause.ProtectedAssetsOf.IsAny;

    /// <summary>Whether the clause names the list, its nation or its protector.</summary>
    public static bool Names(Clause clause, ObjectList list)
        => clause.ObjectLists.Values.Contains(list.Id)
            || (list.OwnerNation is { } nation && clause.OwnerNations.Values.Contains(nation))
            || (list.ProtectedBy is { } party && clause.ProtectedAssetsOf.Values.Contains(party));

    private void AddLists(IReadOnlyList<ObjectList> lists, ulong[][] namedBy)
    {
        var memberships = new Dictionary<string, UInt128>(StringComparer.OrdinalIgnoreCase);
        for (int list = 0; list < lists.Count; list++)
            foreach (var tag in lists[list].Objects)
                memberships[tag.Value] = memberships.GetValueOrDefault(tag.Value) | UInt128.One << list;
        var shared = new Dictionary<UInt128, ulong[]>();
        foreach (var (tag, membership) in memberships)
        {
            if (!shared.TryGetValue(membership, out ulong[]? bits))
            {
                shared.Add(membership, bits = [.. _leftOut]);
                for (int list = 0; list < lists.Count; list++)
                    for (int w = 0; (membership >> list & 1) != 0 && w < bits.Length; w++) bits[w] |= namedBy[list][w];
            }
            _byTag.Add(tag, bits);
        }
    }
}
