using System.Runtime.CompilerServices;
using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Streams evidence bundles of this node's log: the whole of it, or what a scope shows.</summary>
public sealed class EvidenceExporter(NodeIdentity identity, INodeLog log, ILogSearch search, CheckpointSigner signer, ICosignedCheckpoints cosigned, ITimestampStore timestamps, TimeProvider time)
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Entries further apart than this are read by different queries.</summary>
    private const long LongestGap = 256;

    /// <summary>The bundle in pieces of some size.</summary>
    /// <param name="scope">What is shown.</param>
    public async IAsyncEnumerable<byte[]> ExportAsync(EvidenceScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string note = await GetNoteAsync(cancellationToken);
        if (!new KeyBook([identity.Keys]).TryOpenCheckpoint(identity.Partner, note, out var checkpoint, out string? fault))
            throw new InvalidOperationException($"The node's own checkpoint does not verify: {fault}");
        var head = new EvidenceHead(identity.Card.ToJson(), note, scope, Utc.FromDateTime(time.GetUtcNow()));
        var stamps = await ReadStampsAsync(checkpoint.Size, cancellationToken);
        var (entries, sizes) = await ChooseAsync(scope, checkpoint.Size, cancellationToken);
        var parts = new EvidenceComposer(checkpoint.Size, log.GetNodesAsync).ComposeAsync(entries, stamps, sizes, cancellationToken);

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

    /// <summary>A fresh checkpoint; where nothing may be signed, the newest one that was: that is when an auditor wants to see most.</summary>
    private async Task<string> GetNoteAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await signer.SignAsync(cancellationToken);
        }
        catch (Exception e) when (e is SigningHeldException or InvalidDataException)
        {
            if (await log.GetCheckpointAsync(cancellationToken) is { } signed) return signed.Note;
            throw;
        }
    }

    private async Task<(IAsyncEnumerable<LogEntry> Entries, IEnumerable<long> Sizes)> ChooseAsync(EvidenceScope scope, long size, CancellationToken cancellationToken)
    {
        if (scope.IsWhole) return (log.ReadAsync(0, size, cancellationToken), []);
        var selection = new EvidenceSelection(scope);
        await foreach (var entry in MergeAsync(selection.Queries, size, cancellationToken)) selection.Take(entry);
        return (ReadAsync(selection.Indices, cancellationToken), selection.Sizes);
    }

    /// <summary>What any of the searches finds, in the order of the log.</summary>
    private async IAsyncEnumerable<LogEntry> MergeAsync(IReadOnlyList<LogQuery> queries, long size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = queries.Select(query => search.SearchAsync(query, 0, size, cancellationToken).GetAsyncEnumerator(cancellationToken)).ToList();
        try
        {
            for (int i = found.Count - 1; i >= 0; i--) await AdvanceAsync(i);
            while (found.Count > 0)
            {
                int next = Enumerable.Range(0, found.Count).MinBy(i => found[i].Current.Index);
                yield return found[next].Current;
                await AdvanceAsync(next);
            }
        }
        finally
        {
            foreach (var one in found) await one.DisposeAsync();
        }

        async Task AdvanceAsync(int i)
        {
            if (await found[i].MoveNextAsync()) return;
            await found[i].DisposeAsync();
            found.RemoveAt(i);
        }
    }

    private async IAsyncEnumerable<LogEntry> ReadAsync(IReadOnlyList<long> indices, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int first = 0, next; first < indices.Count; first = next)
        {
            for (next = first + 1; next < indices.Count && indices[next] - indices[next - 1] <= LongestGap; next++)
            {
            }
            int wanted = first;
            await foreach (var entry in log.ReadAsync(indices[first], indices[next - 1] + 1, cancellationToken))
            {
                if (entry.Index != indices[wanted]) continue;
                wanted++;
                yield return entry;
            }
        }
    }

    /// <summary>Cosigned checkpoints and time-stamps, by size.</summary>
    private async Task<IReadOnlyList<(long Size, EvidencePart Part)>> ReadStampsAsync(long size, CancellationToken cancellationToken)
    {
        var stamps = new List<(long Size, EvidencePart Part)>();
        await foreach (var checkpoint in CosignedSelection.ChooseAsync(cosigned.ReadAsync(1, size, cancellationToken), cancellationToken))
            stamps.Add((checkpoint.Size, new EvidencePart.SignedCheckpoint(checkpoint.Note)));
        await foreach (var stamp in timestamps.ReadAsync(1, size, cancellationToken)) stamps.Add((stamp.Size, new EvidencePart.TimeStamp(stamp.Note, stamp.Token)));
        return [.. stamps.OrderBy(stamp => stamp.Size)];
    }
}
