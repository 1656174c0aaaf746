namespace SsaShare.Exchange;

/// <summary>Positions of one lane of which a provider's log says, by manifests without records, that nothing of them was granted.</summary>
internal sealed class EmptyStretches
{
    // Disjoint and rising: each begins after the first number and ends with the second.
    private readonly List<(long After, long To)> _merged = [];

    public EmptyStretches(IEnumerable<AuditedManifest> lane)
    {
        foreach (var empty in lane.Select(manifest => manifest.Document).Where(document => document.ItemCount == 0 && document.ToPosition > document.AfterPosition).OrderBy(document => document.AfterPosition))
        {
            if (_merged.Count == 0 || empty.AfterPosition > _merged[^1].To) _merged.Add((empty.AfterPosition, empty.ToPosition));
            else if (empty.ToPosition > _merged[^1].To) _merged[^1] = (_merged[^1].After, empty.ToPosition);
        }
    }

    /// <summary>Whether all positions after one and up to another are among them.</summary>
    public bool Cover(long after, long to)
    {
        int low = 0, high = _merged.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_merged[middle].To < to) low = middle + 1;
            else high = middle;
        }
        return low < _merged.Count && _merged[low].After <= after;
    }
}
