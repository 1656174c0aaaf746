using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>Which sources count for whom: of each line the newest that a reader may see, whatever newer ones there are that this reader may not.</summary>
public static class VisibleSources
{
    /// <summary>What counts for one reader.</summary>
    /// <param name="maySeeRecord">Whether a record may take part in an answer to this reader; asked once for each record.</param>
    public static IReadOnlyList<OrbitSource> Newest(IEnumerable<OrbitSource> sources, Func<RecordId, bool> maySeeRecord)
    {
        var sight = new RecordSight(maySeeRecord);
        var newest = new Dictionary<SourceLine, OrbitSource>();
        foreach (var source in sources)
            if (sight.MaySee(source) && (!newest.TryGetValue(source.Line, out var other) || source.IsNewerThan(other))) newest[source.Line] = source;
        return [.. newest.Values.Order(InOrder)];
    }

    /// <summary>
    /// What is to be screened so that every reader's answer can be composed: all that counts for some reader. An older source stays in it as long as there is a reader who may not see the newer one;
    /// what is withheld from a reader therefore never takes away what this reader may see.
    /// </summary>
    /// <param name="views">One for each set of permissions that differs.</param>
    public static IReadOnlyList<OrbitSource> Union(IReadOnlyCollection<OrbitSource> sources, IEnumerable<Func<RecordId, bool>> views)
        => [.. views.SelectMany(view => Newest(sources, view)).Distinct().Order(InOrder)];

    internal static Comparer<OrbitSource> InOrder { get; } = Comparer<OrbitSource>.Create(Compare);

    /// <summary>By line, then by id: depends on the two alone.</summary>
    internal static int Compare(OrbitSource a, OrbitSource b)
    {
        int order = SourceLine.Compare(a.Line, b.Line);
        return order != 0 ? order : OrbitSourceId.Compare(a.Id, b.Id);
    }
}

/// <summary>What one reader may see, each record asked once.</summary>
internal sealed class RecordSight(Func<RecordId, bool> maySeeRecord)
{
    private readonly Dictionary<RecordId, bool> _known = [];

    public bool MaySee(OrbitSource source)
    {
        foreach (var record in source.Basis)
        {
            if (!_known.TryGetValue(record, out bool may)) _known.Add(record, may = maySeeRecord(record));
            if (!may) return false;
        }
        return true;
    }
}
