using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>When updates took place, by their numbers; those that no approach ahead can go back to are forgotten. Immutable.</summary>
internal sealed class UpdateTimes
{
    private readonly long[] _timesNs;

    private UpdateTimes(long first, long[] timesNs) => (First, _timesNs) = (first, timesNs);

    public static UpdateTimes None { get; } = new(0, []);

    /// <summary>Number of the first that is remembered.</summary>
    public long First { get; }

    /// <summary>Number of the last; one less than <see cref="First"/> where there is none.</summary>
    public long Last => First + _timesNs.Length - 1;

    public Epoch this[long number] => new(_timesNs[number - First]);

    /// <param name="now">Not before the last.</param>
    /// <param name="oldest">What took place at this instant or before is forgotten.</param>
    public UpdateTimes Add(Epoch now, Epoch oldest)
    {
        int gone = UpTo(oldest);
        return new UpdateTimes(First + gone, [.. _timesNs.AsSpan(gone), now.NanosecondsSinceJ2000]);
    }

    /// <summary>The first update of a range that took place after one instant and not after another.</summary>
    /// <param name="from">Number of the first.</param>
    /// <param name="to">And without this one.</param>
    public long? FirstWithin(long from, long to, Epoch after, Epoch last)
    {
        long least = Math.Max(from, First + UpTo(after)), most = Math.Min(to, First + UpTo(last));
        return least < most ? least : null;
    }

    /// <summary>How many took place up to an instant, that included.</summary>
    private int UpTo(Epoch at)
    {
        int low = 0, high = _timesNs.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_timesNs[middle] <= at.NanosecondsSinceJ2000) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
