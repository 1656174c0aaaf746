using System.Runtime.CompilerServices;
using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Streams this node's whole log with its card and a fresh checkpoint.</summary>
public sealed class EvidenceExporter(NodeIdentity identity, INodeLog log, CheckpointSigner signer, TimeProvider time)
{
    private const int ChunkBytes = 256 * 1024;

    public async IAsyncEnumerable<byte[]> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string note = await signer.SignAsync(cancellationToken);
        if (!Checkpoint.TryOpen(Encoding.UTF8.GetBytes(note), identity.LogSigner.Verifier, out var checkpoint, out string? fault))
            throw new InvalidOperationException($"The node's own checkpoint does not verify: {fault}");
        var head = new EvidenceHead(identity.Card.ToJson(), note, EvidenceScope.Whole, Utc.FromDateTime(time.GetUtcNow()));
        var parts = new EvidenceComposer(checkpoint.Size, log.GetNodesAsync).ComposeAsync(log.ReadAsync(0, checkpoint.Size, cancellationToken), [], [], cancellationToken);

        using var chunk = new MemoryStream();
        await foreach (byte[] line in EvidenceBundle.WriteAsync(head, parts, cancellationToken))
        {
            chunk.Write(line);
            if (chunk.Length < ChunkBytes) continue;
            yield return chunk.ToArray();
            chunk.SetLength(0);
        }
        if (chunk.Length > 0) yield return chunk.ToArray();
    }
}
