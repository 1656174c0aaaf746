using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// What limits leave for one answer, publication by publication: a publication goes out whole or waits. One that is more than a limit allows at
/// all goes out alone, when nothing of that limit is used. For one answer, and one thread.
/// </summary>
public sealed class ReleaseRoom
{
    private readonly ReleaseLimits _limits;
    private readonly Epoch _now;
    private long _items, _bytes;

    internal ReleaseRoom(ReleaseLimits limits, Epoch now) => (_limits, _now) = (limits, now);

    /// <summary>When there will be room for what had none at the answer's beginning; null while nothing had to wait so.</summary>
    public Epoch? FreeAt { get; private set; }

    /// <summary>Takes what of one publication goes out, if there is room for it.</summary>
    public bool TryTake(IReadOnlyList<PublicationSlice> slices)
    {
        if (slices.Count == 0) return true;
        var (items, bytes) = ReleaseLimits.Measure(slices);
        (items, bytes) = (items + _items, bytes + _bytes);
        bool isFirst = _items == 0;
        if (!isFirst && _limits.AreExceededBy(items, bytes)) return false;
        if (_limits.FreeFor(items, bytes) is { } free && free > _now)
        {
            if (isFirst) FreeAt = free;
            return false;
        }
        (_items, _bytes) = (items, bytes);
        return true;
    }
}
