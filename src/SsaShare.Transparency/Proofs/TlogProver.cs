using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Makes proofs from the tiles of a log.</summary>
public static class TlogProver
{
    /// <summary>Proves that the entry at an index stands under the log's newest checkpoint.</summary>
    /// <param name="source">Where the log is read.</param>
    /// <param name="trust">Whom the caller believes; with a policy only a cosigned checkpoint is taken.</param>
    /// <param name="index">The entry's, from 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The proof, already verified, and what was checked; no proof when the log does not hold.</returns>
    /// <exception cref="TileSourceException">The source cannot be read now; that says nothing about the log.</exception>
    public static async Task<(TlogProof? Proof, VerificationReport Report)> ProveAsync(ITileSource source, LogTrust trust, long index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var report = new VerificationReport();
        try
        {
            byte[] bytes = await source.ReadAsync(TilePath.Checkpoint, SignedNote.MaxBytes, cancellationToken).ConfigureAwait(false)
                ?? throw new TileException(TilePath.Checkpoint, "is not there: this is no tiled log, or it has signed nothing.");
            if (!SignedNote.TryParse(bytes, out SignedNote? note, out string? fault))
            {
                throw new TileException(TilePath.Checkpoint, fault);
            }

            if (!trust.TryOpen(report, note, out Checkpoint? checkpoint, out _)
                || (index >= checkpoint.Size && !report.Add("index", false, $"There is no entry {index}: the log has signed {checkpoint.Size}.")))
            {
                return (null, report);
            }

            var tree = new TiledTree(source, checkpoint.Size);
            var leaf = new MerkleNode(0, index);
            IEnumerable<MerkleNode> nodes = InclusionProof.Ranges(index, checkpoint.Size).SelectMany(range => range.CompleteSubtrees());
            MerkleNodeReader reader = await tree.LoadAsync(nodes.Prepend(leaf), cancellationToken).ConfigureAwait(false);
            var proof = new TlogProof(index, InclusionProof.Create(index, checkpoint.Size, reader), note);
            VerificationReport verified = proof.Verify(reader(leaf), trust);
            return (verified.Succeeded ? proof : null, verified);
        }
        catch (TileException e)
        {
            report.Add(e.Path, false, e.Reason);
            return (null, report);
        }
    }
}
