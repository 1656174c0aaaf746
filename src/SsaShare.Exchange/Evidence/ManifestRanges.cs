namespace SsaShare.Exchange;

/// <summary>Manifests by the positions that they cover: those that overlap a range are found without looking at all others.</summary>
internal sealed class ManifestRanges
{
    private readonly AuditedManifest[] _byBegin;
    private readonly long[] _furthest;

    public ManifestRanges(IEnumerable<AuditedManifest> manifests)
    {
        _byBegin = [.. manifests.OrderBy(manifest => manifest.Document.AfterPosition)];
        _furthest = new long[_byBegin.Length];
        long furthest = long.MinValue;
        for (int i = 0; i < _byBegin.Length; i++) _furthest[i] = furthest = Math.Max(furthest, _byBegin[i].Document.ToPosition);
    }

    /// <summary>Those that have a position of a range, the one that begins last first.</summary>
    /// <param name="after">The range begins after it.</param>
    /// <param name="to">And ends with it.</param>
    public IEnumerable<AuditedManifest> Overlapping(long after, long to)
    {
        // No manifest further left reaches the range where the furthest of all of them does not.
        for (int i = CountBefore(to) - 1; i >= 0 && _furthest[i] > after; i--)
            if (_byBegin[i].Document.ToPosition > after) yield return _byBegin[i];
    }

    /// <summary>Manifests that begin before a position.</summary>
    private int CountBefore(long position)
    {
        int low = 0, high = _byBegin.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_byBegin[middle].Document.AfterPosition < position) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
