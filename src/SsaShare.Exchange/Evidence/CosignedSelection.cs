using System.Runtime.CompilerServices;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Chooses which cosigned checkpoints a bundle carries: a busy log has one every few seconds, and each costs an audit a signature for every witness.</summary>
public static class CosignedSelection
{
    /// <summary>Of the checkpoints of so long a time the last of each witness is carried.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <param name="checkpoints">By rising size, each with the earliest cosignature of each witness.</param>
    /// <returns>For each window the last that each witness cosigned: where all answer, that is one.</returns>
    public static async IAsyncEnumerable<CosignedCheckpoint> ChooseAsync(IAsyncEnumerable<CosignedCheckpoint> checkpoints, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = new Dictionary<PartnerId, CosignedCheckpoint>();
        Epoch begin = default;
        await foreach (var checkpoint in checkpoints.WithCancellation(cancellationToken))
        {
            if (checkpoint.Cosignatures.Count == 0) continue;
            var at = checkpoint.Cosignatures.Min(one => one.At);
            if (last.Count > 0 && at > begin.Plus(Window))
            {
                foreach (var chosen in InOrder(last)) yield return chosen;
                last.Clear();
            }
            if (last.Count == 0) begin = at;
            foreach (var (witness, _) in checkpoint.Cosignatures) last[witness] = checkpoint;
        }
        foreach (var chosen in InOrder(last)) yield return chosen;
    }

    private static List<CosignedCheckpoint> InOrder(Dictionary<PartnerId, CosignedCheckpoint> last) => [.. last.Values.Distinct().OrderBy(checkpoint => checkpoint.Size)];
}
