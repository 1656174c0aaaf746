using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Composes the answer to one pull: reads the feed, decides record by record, waits for news where there is nothing, signs the manifest.</summary>
public sealed class PullServer(NodeIdentity identity, AgreementBook book, IOutbox outbox, CheckpointSigner checkpoints, CursorCodec cursors,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PullServer> logger)
{
    private static readonly TimeSpan ScanMax = TimeSpan.FromSeconds(5);

    /// <param name="entry">The agreement.</param>
    /// <param name="reader">Who pulls.</param>
    /// <param name="cursor">Where the reader stands.</param>
    /// <param name="recordsMax">About how many records to read from the feed; a publication begun is finished.</param>
    /// <param name="waitMax">How long to wait when nothing is granted yet.</param>
    /// <exception cref="Grpc.Core.RpcException">The agreement is not in force, or has ended while the pull waited.</exception>
    public async Task<PullAnswer> AnswerAsync(BookEntry entry, PartnerId reader, Cursor cursor, int recordsMax, TimeSpan waitMax, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        long position = cursor.Position;
        var withheld = new WithheldSum();
        while (true)
        {
            // The state is read anew each round: an agreement may end while a pull waits.
            var state = book.Find(entry.Agreement.Id)?.State ?? entry.State;
            var now = Utc.FromDateTime(time.GetUtcNow());
            if (ReleasePolicy.WhyClosed(entry.Agreement, state, identity.Partner, reader, now) is var reason && reason != WithholdReason.None) throw Refusals.AgreementNotInForce(reason);
            long head = await outbox.GetHeadPositionAsync(cancellationToken);
            var publications = await outbox.ReadAsync(position, recordsMax, cancellationToken);
            var release = Release.Decide(publications, facts => ReleasePolicy.Decide(facts, ReleaseForm.Full, entry.Agreement, state, identity.Partner, reader, now, TimeSpan.MaxValue));
            if (publications.Count > 0) position = publications[^1].Position;
            withheld.Add(release.Withheld);

            bool complete = position >= head;
            var elapsed = time.GetElapsedTime(started);
            // A long stretch of which nothing is released is answered in parts, so that the reader's cursor moves.
            bool patient = elapsed < waitMax && !lifetime.ApplicationStopping.IsCancellationRequested;
            if (release.Slices.Count > 0 || (complete ? !patient : elapsed >= ScanMax))
                return await SignAsync(entry, reader, cursor, position, release.Slices, complete, now, withheld.Counts, cancellationToken);
            if (complete) await WaitAsync(position, waitMax - elapsed, cancellationToken);
        }
    }

    /// <summary>Waits for news; a node that is told to stop answers at once, so that waiting readers do not hold it up.</summary>
    private async Task WaitAsync(long position, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await outbox.WaitForNewsAsync(position, longest, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Stopping: the round that follows answers with what there is.
        }
    }

    private async Task<PullAnswer> SignAsync(BookEntry entry, PartnerId reader, Cursor cursor, long position, IReadOnlyList<PublicationSlice> slices,
        bool complete, Epoch watermark, IReadOnlyList<WithheldCount> withheld, CancellationToken cancellationToken)
    {
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Records).Select(record => record.LeafHash)];
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, entry.Agreement.Id, identity.Partner, reader, cursor.Position, position, cursor.Manifest,
            slices.Count, leaves.Length, MerkleTree.Root(leaves), complete, watermark, await checkpoints.SignAsync(cancellationToken));
        var manifest = SignedDocument.Sign(identity.SigningKey, DocumentContexts.Manifest, DocumentJson.Write(document));
        // An empty answer is signed but not logged: an idle peer would fill the log.
        if (leaves.Length > 0 || withheld.Count > 0)
        {
            await outbox.SaveManifestAsync(manifest, document, withheld, cancellationToken);
            NodeMetrics.Released(reader, leaves.Length);
            NodeMetrics.Withheld(reader, withheld.Sum(count => count.Count));
            NodeLog.Released(logger, reader, leaves.Length, withheld.Sum(count => count.Count), cursor.Position, position, entry.Agreement.Id);
        }
        return new PullAnswer(manifest, slices, cursors.Encode(cursor with { Position = position, Manifest = manifest.Id }, reader));
    }
}
