using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Composes the answer to one pull: reads the feed, decides record by record, waits for news where there is nothing, signs the manifest.</summary>
public sealed class PullServer(NodeIdentity identity, AgreementBook book, IOutbox outbox, CheckpointSigner checkpoints, CursorCodec cursors, TimeProvider time, ILogger<PullServer> logger)
{
    /// <param name="entry">The agreement, in force.</param>
    /// <param name="reader">Who pulls.</param>
    /// <param name="cursor">Where the reader stands.</param>
    /// <param name="recordsMax">About how many records to read from the feed; a publication begun is finished.</param>
    /// <param name="waitMax">How long to wait when nothing is granted yet.</param>
    public async Task<PullAnswer> AnswerAsync(BookEntry entry, PartnerId reader, Cursor cursor, int recordsMax, TimeSpan waitMax, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        long position = cursor.Position;
        var withheld = new List<WithheldCount>();
        while (true)
        {
            // The state is read anew each round: an agreement may be suspended or revoked while a pull waits.
            var state = book.Find(entry.Agreement.Id)?.State ?? entry.State;
            var now = Utc.FromDateTime(time.GetUtcNow());
            long head = await outbox.GetHeadPositionAsync(cancellationToken);
            var publications = await outbox.ReadAsync(position, recordsMax, cancellationToken);
            var release = Release.Decide(publications, facts => ReleasePolicy.Decide(facts, entry.Agreement, state, identity.Partner, reader, now));
            if (publications.Count > 0) position = publications[^1].Position;
            else if (head > position) position = head;
            withheld.AddRange(release.Withheld);

            bool complete = position >= head;
            var rest = waitMax - time.GetElapsedTime(started);
            if (release.Slices.Count > 0 || (complete && rest <= TimeSpan.Zero))
                return await SignAsync(entry, reader, cursor, position, release.Slices, complete, now, withheld, cancellationToken);
            if (complete) await outbox.WaitForNewsAsync(position, rest, cancellationToken);
        }
    }

    private async Task<PullAnswer> SignAsync(BookEntry entry, PartnerId reader, Cursor cursor, long position, IReadOnlyList<PublicationSlice> slices,
        bool complete, Epoch watermark, List<WithheldCount> withheld, CancellationToken cancellationToken)
    {
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Records).Select(record => record.LeafHash)];
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, entry.Agreement.Id, identity.Partner, reader, cursor.Position, position, cursor.Manifest,
            slices.Count, leaves.Length, MerkleTree.Root(leaves), complete, watermark, await checkpoints.SignAsync(cancellationToken));
        var manifest = SignedDocument.Sign(identity.SigningKey, DocumentContexts.Manifest, DocumentJson.Write(document));
        // An empty answer is signed but not logged: an idle peer would fill the log.
        if (leaves.Length > 0 || withheld.Count > 0)
        {
            await outbox.SaveManifestAsync(manifest, document, withheld, cancellationToken);
            NodeLog.Released(logger, reader, leaves.Length, withheld.Sum(count => count.Count), cursor.Position, position, entry.Agreement.Id);
        }
        return new PullAnswer(manifest, slices, cursors.Encode(cursor with { Position = position, Manifest = manifest.Id }));
    }
}
