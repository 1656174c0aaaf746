using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Composes the answer to one pull: reads a lane of the feed, decides record by record, waits for news where there is nothing, signs the manifest.</summary>
public sealed class PullServer(NodeIdentity identity, AgreementBook book, IOutbox outbox, IRelayFeed relays, IRecordDegrader degrader, CheckpointSigner checkpoints, CursorCodec cursors,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PullServer> logger, SigningPermit? permit = null, QuorumWatch? quorums = null, CheckpointWatch? watch = null)
{
    private static readonly TimeSpan ScanMax = TimeSpan.FromSeconds(5), HeldUpPause = TimeSpan.FromSeconds(2);

    /// <param name="entry">The agreement.</param>
    /// <param name="reader">Who pulls.</param>
    /// <param name="cursor">Where the reader stands.</param>
    /// <param name="recordsMax">About how many records to read from the feed; a publication begun is finished.</param>
    /// <param name="waitMax">How long to wait when nothing is granted yet.</param>
    /// <param name="readerVersion">Of the protocol, as the reader says.</param>
    /// <exception cref="Grpc.Core.RpcException">The agreement is not in force, or has ended while the pull waited or was composed.</exception>
    public Task<PullAnswer> AnswerAsync(BookEntry entry, PartnerId reader, Cursor cursor, int recordsMax, TimeSpan waitMax, uint readerVersion, CancellationToken cancellationToken)
        => AnswerAsync(entry, reader, cursor, recordsMax, waitMax, readerVersion, null, cancellationToken);

    /// <inheritdoc cref="AnswerAsync(BookEntry, PartnerId, Cursor, int, TimeSpan, uint, CancellationToken)"/>
    /// <param name="place">Where the answer is composed in its turn; null to compose it at once. It has its place when this returns.</param>
    public async Task<PullAnswer> AnswerAsync(BookEntry entry, PartnerId reader, Cursor cursor, int recordsMax, TimeSpan waitMax, uint readerVersion, AnswerPlace? place, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        permit?.Ensure();
        await EnsureInForceAsync(entry, reader, cancellationToken);
        var pull = new PullWork(entry.Agreement, identity.Partner, reader, cursor) { TellsWithheld = readerVersion >= ProtocolVersions.Answers };
        var slices = pull.NeedsDegrader ? new SliceDegrader(degrader, identity.DegradationKey, identity.SigningKey, entry.Agreement, identity.Partner, reader) : null;
        while (true)
        {
            if (place is not null) await place.ComposeAsync(cancellationToken);
            // The other stream counts towards the same limits.
            var paces = pull.Limits.AreNone ? FrozenDictionary<PaceKey, Epoch>.Empty : await outbox.GetPacesAsync(entry.Agreement.Id, reader, cancellationToken);
            // The state is read anew each round: an agreement may end while a pull waits.
            var (state, now) = await EnsureInForceAsync(entry, reader, cancellationToken);
            pull.Limits = pull.Limits.At(paces, now);
            if (pull.Limits.FreeAt is { } freeAt && freeAt > now)
            {
                if (!IsPatient(started, waitMax, out var rest)) return await SignAsync(entry, pull, [], complete: false, now, cancellationToken);
                place?.Rest();
                await PauseAsync(Shorter(rest, freeAt, now), cancellationToken);
                continue;
            }
            await pull.LookAheadAsync(outbox, relays, now, cancellationToken);
            var decision = FeedLanes.Decision(pull.Lane, entry.Agreement, state, identity.Partner, reader, now, readerVersion);
            var (release, isLast) = pull.Lane.IsOwn
                ? await ReadOwnAsync(pull, decision, slices, recordsMax, now, cancellationToken)
                : await ReadRelayedAsync(pull, decision, recordsMax, now, cancellationToken);

            if (pull.AreRelaysHeldUp && !pull.Lane.IsOwn && !pull.HasMoved) continue;
            bool complete = isLast && !pull.OthersWait;
            bool patient = IsPatient(started, waitMax, out var left);
            if (release.Slices.Count == 0 && pull.RoomAt is { } roomAt)
            {
                // The next publication is more than is left of a limit.
                if (!patient) return await SignAsync(entry, pull, [], complete: false, now, cancellationToken);
                place?.Rest();
                await PauseAsync(Shorter(left, roomAt, now), cancellationToken);
                continue;
            }
            // A long stretch of which nothing is released is answered in parts, so that the reader's cursor moves; so is one in front of another lane.
            bool isPart = (isLast && pull.HasMoved) || time.GetElapsedTime(started) >= ScanMax;
            if (release.Slices.Count > 0 || (complete ? !patient : isPart)) return await SignAsync(entry, pull, release.Slices, complete && !pull.AreRelaysHeldUp, now, cancellationToken);
            if (!complete) continue;
            place?.Rest();
            await WaitAsync(pull, Shorter(left, pull.NextDue, now), cancellationToken);
            pull.AreRelaysHeldUp = false;
        }
    }

    private async Task<(Release, bool IsLast)> ReadOwnAsync(PullWork pull, LaneDecision lane, SliceDegrader? degrader, int recordsMax, Epoch now, CancellationToken cancellationToken)
    {
        var page = await outbox.ReadAsync(pull.Lane, pull.Position, pull.Limits.AtMost(recordsMax), now, cancellationToken);
        int taken = page.Publications.Count;
        var release = pull.Limits.AreNone ? Release.Decide(page.Publications, lane, degrader) : pull.WithinLimits(page.Publications.Select(publication => Release.Decide([publication], lane, degrader)), out taken);
        pull.Take(taken == 0 ? null : page.Publications[taken - 1].Position, release);
        return (release, page.IsLast && taken == page.Publications.Count);
    }

    /// <summary>Others' records: what this node's agreements with those who gave them let it pass on, and this agreement grants.</summary>
    private async Task<(Release, bool IsLast)> ReadRelayedAsync(PullWork pull, LaneDecision lane, int recordsMax, Epoch now, CancellationToken cancellationToken)
    {
        var page = await relays.ReadAsync(pull.Lane, pull.Position, pull.Limits.AtMost(recordsMax), now, cancellationToken);
        var relay = new RelayRelease(lane, id => book.Find(id) is { } held ? (held.Agreement, held.State) : null, identity.Partner, pull.Reader, now);
        var (release, taken) = relay.Decide(page.Slices);
        pull.Take(taken == 0 ? null : page.Slices[taken - 1].Arrival, release, relay.Sources);
        pull.AreRelaysHeldUp = relay.IsHeldUp;
        return (release, relay.IsHeldUp || (page.IsLast && taken == page.Slices.Count));
    }

    private async Task<(AgreementState State, Epoch Now)> EnsureInForceAsync(BookEntry entry, PartnerId reader, CancellationToken cancellationToken)
    {
        var state = book.Find(entry.Agreement.Id)?.State ?? entry.State;
        var now = Utc.FromDateTime(time.GetUtcNow());
        if (state == AgreementState.Active && entry.Agreement.Terms.WitnessQuorum > 0)
            state = quorums is null ? AgreementState.Unwitnessed : await quorums.StateAsync(entry.Agreement, state, now, cancellationToken);
        var reason = ReleasePolicy.WhyClosed(entry.Agreement, state, identity.Partner, reader, now);
        return reason == WithholdReason.None ? (state, now) : throw Refusals.AgreementNotInForce(reason);
    }

    /// <summary>Whether the reader still waits, and how long; a node that is told to stop is not patient.</summary>
    private bool IsPatient(long started, TimeSpan waitMax, out TimeSpan left)
    {
        left = waitMax - time.GetElapsedTime(started);
        return left > TimeSpan.Zero && !lifetime.ApplicationStopping.IsCancellationRequested;
    }

    private static TimeSpan Shorter(TimeSpan left, Epoch? until, Epoch now)
    {
        if (until is not { } then) return left;
        var wait = TimeSpan.FromSeconds(Math.Clamp(then.SecondsSince(now), 0.001, left.TotalSeconds + 1));
        return wait < left ? wait : left;
    }

    /// <summary>Waits for news; a node that is told to stop answers at once, so that waiting readers do not hold it up.</summary>
    private Task WaitAsync(PullWork pull, TimeSpan longest, CancellationToken cancellationToken)
        => UntilStoppedAsync(token => outbox.WaitForNewsAsync(pull.Cursor.Priority, pull.NewsAfter, pull.ArrivalsAfter, pull.AreRelaysHeldUp && HeldUpPause < longest ? HeldUpPause : longest, token), cancellationToken);

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => UntilStoppedAsync(token => Task.Delay(pause, time, token), cancellationToken);

    private async Task UntilStoppedAsync(Func<CancellationToken, Task> wait, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await wait(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Stopping: the round that follows answers with what there is.
        }
    }

    private async Task<PullAnswer> SignAsync(BookEntry entry, PullWork pull, IReadOnlyList<PublicationSlice> slices, bool complete, Epoch watermark, CancellationToken cancellationToken)
    {
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Records).Select(record => record.ItemHash)];
        var (head, note) = await checkpoints.SignHeadAsync(cancellationToken);
        var withheld = pull.Withheld;
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, entry.Agreement.Id, identity.Partner, pull.Reader, pull.After, pull.Position, pull.Cursor.Manifest,
            slices.Select(slice => slice.Document.Id).Distinct().Count(), leaves.Length, MerkleTree.Root(leaves), complete, watermark, note,
            pull.Lane.Source, pull.Lane.DelayS, Batch.CountRecords(slices));
        if (pull.TellsWithheld) document = document with { Withheld = WithheldEvent.Sum(withheld), Waiting = complete ? 0 : await WaitingAsync(pull, cancellationToken), Snapshot = pull.Snapshot };
        // Once more, because composing took time: what is signed was in force when it was signed.
        var (_, now) = await EnsureInForceAsync(entry, pull.Reader, cancellationToken);
        var manifest = SignedDocument.Sign(identity.SigningKey, DocumentContexts.Manifest, DocumentJson.Write(document));
        // An empty answer is signed but not logged: an idle peer would fill the log.
        if (leaves.Length > 0 || withheld.Count > 0)
        {
            try
            {
                await outbox.SaveManifestAsync(new IssuedManifest(manifest, document, slices, withheld, pull.Limits.Charge(slices), now) { Sources = pull.Sources }, cancellationToken);
            }
            catch (RecordsNoticedException)
            {
                throw Refusals.NoticedMeanwhile();
            }
            NodeMetrics.Released(pull.Reader, leaves.Length);
            NodeMetrics.Withheld(pull.Reader, withheld.Sum(count => count.Count));
            NodeLog.Released(logger, pull.Reader, leaves.Length, withheld.Sum(count => count.Count), pull.After, pull.Position, entry.Agreement.Id);
        }
        var (cosigned, proof) = await CosignedAsync(entry.Agreement, head, cancellationToken);
        return new PullAnswer(manifest, identity.Renew(slices), cursors.Encode(pull.Cursor with { Positions = pull.Reached, Manifest = manifest.Id }, pull.Reader))
        {
            Sources = pull.Sources,
            CosignedCheckpoint = cosigned,
            CheckpointProof = proof,
            PeerCheckpoints = watch?.Newest ?? [],
        };
    }

    /// <summary>Publications behind the answer's range, at most. In a lane with a delay only whether there are any is known, so nothing is said.</summary>
    private async Task<long?> WaitingAsync(PullWork pull, CancellationToken cancellationToken)
        => pull.Lane.Delay > TimeSpan.Zero ? null
            : Math.Max(0, (pull.Lane.IsOwn ? await outbox.GetHeadPositionAsync(cancellationToken) : await relays.GetHeadAsync(cancellationToken)) - pull.Position);

    /// <summary>What the agreement's witnesses have cosigned, with the proof that it and the manifest's own checkpoint are of one history.</summary>
    private async Task<(string Note, IReadOnlyList<Hash256> Proof)> CosignedAsync(Agreement agreement, LogHead own, CancellationToken cancellationToken)
        => quorums is not null && WitnessQuorum.Of(agreement, identity.Partner) is { } quorum && await quorums.GetNewestAsync(quorum, cancellationToken) is { } newest
            ? (newest.Note, await quorums.ProveAsync(newest, own, cancellationToken))
            : ("", []);
}
