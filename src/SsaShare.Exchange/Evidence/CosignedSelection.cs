using System.Runtime.CompilerServices;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Chooses which cosigned checkpoints a bundle carries: a busy log has one every few seconds, and each costs an audit a signature for every witness.</summary>
public static class CosignedSelection
{
    /// <summary>Of the checkpoints of so long a time one is carried: the last of those that most witnesses cosigned.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <param name="checkpoints">By rising size, each with the earliest cosignature of each witness.</param>
    /// <returns>One for each window, and the last.</returns>
    public static async IAsyncEnumerable<CosignedCheckpoint> ChooseAsync(IAsyncEnumerable<CosignedCheckpoint> checkpoints, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CosignedCheckpoint? best = null, last = null;
        Epoch begin = default;
        await foreach (var checkpoint in checkpoints.WithCancellation(cancellationToken))
        {
            if (checkpoint.Cosignatures.Count == 0) continue;
            var at = checkpoint.Cosignatures.Min(one => one.At);
            if (best is not null && at > begin.Plus(Window))
            {
                yield return best;
                best = null;
            }
            if (best is null) begin = at;
            if (best is null || checkpoint.Cosignatures.Count >= best.Cosignatures.Count) best = checkpoint;
            last = checkpoint;
        }
        if (best is not null) yield return best;
        if (last is not null && last != best) yield return last;
    }
}
