using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// How much of a log a quorum of witnesses had cosigned when, by their clocks. Whoever cosigned a size has seen what a smaller one covers too, so the members need not
/// have cosigned the same checkpoints.
/// </summary>
internal sealed class QuorumSizes
{
    // Rising in both.
    private readonly List<(Epoch At, long Size)> _steps = [];

    public QuorumSizes(IEnumerable<CosignedCheckpoint> checkpoints, WitnessQuorum quorum)
    {
        var cosigned = checkpoints.SelectMany(checkpoint => checkpoint.Cosignatures.Where(one => quorum.Witnesses.Contains(one.Witness)).Select(one => (one.At, one.Witness, checkpoint.Size)));
        var sizes = new Dictionary<PartnerId, long>();
        foreach (var (at, witness, size) in cosigned.OrderBy(one => one.At))
        {
            if (size <= sizes.GetValueOrDefault(witness)) continue;
            sizes[witness] = size;
            if (sizes.Count >= quorum.Count && sizes.Values.OrderDescending().ElementAt(quorum.Count - 1) is var all && all > Newest) _steps.Add((at, all));
        }
    }

    /// <summary>Entries that the whole quorum has cosigned at last; 0 for none.</summary>
    public long Newest => _steps.Count == 0 ? 0 : _steps[^1].Size;

    /// <summary>Entries that the whole quorum had cosigned at a time; 0 for none.</summary>
    public long At(Epoch time)
    {
        int low = 0, high = _steps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_steps[middle].At <= time) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? 0 : _steps[low - 1].Size;
    }
}
