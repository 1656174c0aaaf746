using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Puts streams back to their beginning.</summary>
internal sealed class ExchangeRestarts(NodeDatabase database) : IExchangeRestarts
{
    public async Task<int> RestartAsync(AgreementId agreement, PartnerId provider, string by, string reason, Hash256? last, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by.Length, RestartEvent.TextMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, RestartEvent.TextMax);
        byte[] id = agreement.Value.ToArray();
        return await database.WriteAsync(async transaction =>
        {
            // With the head's lock no batch is stored meanwhile: one that was on its way finds that the inbox has moved.
            await transaction.LockHeadAsync(cancellationToken);
            var streams = await transaction.Db.Set<InboxRow>().Where(row => row.Agreement.Equals(id) && row.Provider == provider.Value).OrderBy(row => row.Priority).ToListAsync(cancellationToken);
            if (last is { } stands && !streams.Exists(row => row.Manifest is { } manifest && new Hash256(manifest) == stands)) return 0;
            foreach (var stream in streams)
            {
                var body = new RestartEvent(agreement, provider, stream.Manifest is null ? null : new Hash256(stream.Manifest), stream.LogSizeMin, by, reason) { IsUrgent = stream.Priority == (short)FeedPriority.Urgent };
                transaction.Log(new LogEvent(LogKinds.ExchangeRestarted, body.ToJson()) { Peer = provider, Agreement = agreement });
                (stream.Cursor, stream.Manifest, stream.PendingReceipt, stream.EarlierReceipt, stream.WatermarkNs, stream.LogSizeMin) = ([], null, null, null, null, 0);
                // What an honest provider signs after it was restored may contradict it, and proves nothing.
                (stream.LastManifest, stream.AnsweredNs) = (null, null);
            }
            // All of it comes again, and is counted again.
            foreach (var lane in await transaction.Db.Set<InboxLaneRow>().Where(row => row.Agreement.Equals(id) && row.Provider == provider.Value).ToListAsync(cancellationToken))
                (lane.Position, lane.Given, lane.Withheld) = (0, 0, 0);
            foreach (var snapshot in await transaction.Db.Set<InboxSnapshotRow>().Where(row => row.Agreement.Equals(id) && row.Provider == provider.Value).ToListAsync(cancellationToken))
                snapshot.DroppedRecords = 0;
            if (streams.Count > 0) await transaction.CommitAsync(cancellationToken);
            return streams.Count;
        }, cancellationToken);
    }
}
