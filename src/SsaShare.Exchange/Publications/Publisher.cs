using System.Diagnostics;
using System.Threading.Channels;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Publishes records of this node in constant memory. One thread seals and signs batches while the store writes the one before; a batch
/// is several publications in one transaction. Urgent records are stored beside, at once: those that come while the store is busy share a
/// publication, and none waits for a batch. Whoever reads the records is slowed to the pace of the store.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="originator">This node's partner.</param>
/// <param name="key">Signs publications.</param>
/// <param name="time">Dates them.</param>
/// <param name="sealing">On which threads records are sealed; null for the pool's.</param>
public sealed class Publisher(IPublicationStore store, PartnerId originator, SigningKey key, TimeProvider time, TaskScheduler? sealing = null)
{
    /// <summary>Records in one transaction.</summary>
    private const int BatchRecordsMax = 5 * PublicationDocument.SizeMax;

    /// <summary>Attempts at one batch while others store records of it at the same time.</summary>
    private const int AttemptsMax = 20;

    /// <inheritdoc cref="PublishAsync(IAsyncEnumerable{SealedRecord}, IProgress{PublishSummary}, CancellationToken)"/>
    public Task<PublishSummary> PublishAsync(IAsyncEnumerable<SealedRecord> records, CancellationToken cancellationToken)
        => PublishAsync(records, progress: null, cancellationToken);

    /// <summary>Publishes all records that are not stored yet; when it returns they are durable. After a failure the batches before it stay, and publishing the same again adds only the rest.</summary>
    /// <param name="records">All of this node's originator.</param>
    /// <param name="progress">Told the sums so far after each batch.</param>
    /// <exception cref="ArgumentException">A record is another originator's, or its payload or label is longer than a receiver takes.</exception>
    public async Task<PublishSummary> PublishAsync(IAsyncEnumerable<SealedRecord> records, IProgress<PublishSummary>? progress, CancellationToken cancellationToken)
    {
        var batches = Channel.CreateBounded<Sealed>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var urgent = Channel.CreateBounded<SealedRecord>(new BoundedChannelOptions(PublicationDocument.SizeMax) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string? traceParent = Activity.Current?.Id;
        var (summary, summing) = (default(PublishSummary), new Lock());
        // When storing fails, all stops; when reading does, what was read before is stored first. What is thrown is the failure, not that others were stopped.
        await Task.WhenAll(
            Task.Factory.StartNew(() => SealAsync(records, traceParent, batches.Writer, urgent.Writer, stop.Token), CancellationToken.None,
                TaskCreationOptions.DenyChildAttach, sealing ?? TaskScheduler.Default).Unwrap(),
            OrStopAsync(StoreBatchesAsync), OrStopAsync(StoreUrgentAsync));
        return summary;

        async Task StoreBatchesAsync()
        {
            // Not ReadAllAsync, which goes on wherever it likes.
            while (await batches.Reader.WaitToReadAsync(stop.Token))
                while (batches.Reader.TryRead(out var batch)) Tell(await StoreAsync(batch, traceParent, stop.Token));
        }

        async Task StoreUrgentAsync()
        {
            while (await urgent.Reader.WaitToReadAsync(stop.Token)) Tell(await StoreAsync(Drain(urgent.Reader, traceParent), traceParent, stop.Token));
        }

        void Tell(PublishSummary stored)
        {
            lock (summing)
            {
                summary += stored;
                progress?.Report(summary);
            }
        }

        async Task OrStopAsync(Func<Task> part)
        {
            try
            {
                await part();
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }
    }

    private async Task SealAsync(IAsyncEnumerable<SealedRecord> records, string? traceParent, ChannelWriter<Sealed> batches, ChannelWriter<SealedRecord> urgent, CancellationToken cancellationToken)
    {
        try
        {
            var batch = new Sealed();
            var open = new List<SealedRecord>(PublicationDocument.SizeMax);
            var seen = new HashSet<RecordId>();
            await foreach (var record in records.WithCancellation(cancellationToken))
            {
                if (record.Facts.Originator != originator)
                    throw new ArgumentException($"Record {record.Id} is of '{record.Facts.Originator}'; '{originator}' publishes only its own.", nameof(records));
                if (!record.CanBeExchanged)
                    throw new ArgumentException($"Record {record.Id} has {record.Payload.Length} bytes and a label of {record.Label.Bytes.Length}; at most {SealedRecord.LongestPayloadBytes} and {SealedLabel.LongestBytes} are exchanged.", nameof(records));
                if (FeedPriorities.Of(record.Facts.Class) == FeedPriority.Urgent)
                {
                    await urgent.WriteAsync(record, cancellationToken);
                    continue;
                }
                if (!seen.Add(record.Id))
                {
                    batch.Duplicates++;
                    continue;
                }
                open.Add(record);
                if (open.Count < PublicationDocument.SizeMax) continue;
                batch.Publications.Add(Create(open, traceParent));
                open.Clear();
                if (seen.Count < BatchRecordsMax) continue;
                await batches.WriteAsync(batch, cancellationToken);
                batch = new Sealed();
                seen.Clear();
            }
            if (open.Count > 0) batch.Publications.Add(Create(open, traceParent));
            if (seen.Count > 0) await batches.WriteAsync(batch, cancellationToken);
        }
        finally
        {
            batches.Complete();
            urgent.Complete();
        }
    }

    /// <summary>All urgent records that are there by now, at most a publication.</summary>
    private Sealed Drain(ChannelReader<SealedRecord> urgent, string? traceParent)
    {
        var batch = new Sealed();
        var records = new Dictionary<RecordId, SealedRecord>();
        while (records.Count < PublicationDocument.SizeMax && urgent.TryRead(out var record))
            if (!records.TryAdd(record.Id, record)) batch.Duplicates++;
        if (records.Count > 0) batch.Publications.Add(Create([.. records.Values], traceParent));
        return batch;
    }

    private async Task<PublishSummary> StoreAsync(Sealed batch, string? traceParent, CancellationToken cancellationToken)
    {
        long duplicates = batch.Duplicates;
        List<Publication> publications = batch.Publications;
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (publications.Count == 0) return new PublishSummary(0, duplicates);
            if (await store.TryAppendAsync(publications, cancellationToken)) return new PublishSummary(publications.Sum(publication => publication.Records.Count), duplicates);

            var all = publications.SelectMany(publication => publication.Records).Select(published => published.Record).ToList();
            var known = await store.FindKnownAsync(all, cancellationToken);
            publications = [.. all.Where(record => !known.Contains(record.Id)).Chunk(PublicationDocument.SizeMax).Select(chunk => Create(chunk, traceParent))];
            duplicates += known.Count;
        }
        throw new InvalidOperationException($"Other publishers stored records of the same batch {AttemptsMax} times in a row; nothing of it is stored.");
    }

    private Publication Create(IReadOnlyList<SealedRecord> records, string? traceParent)
        => Publication.Create(originator, records, key, Utc.FromDateTime(time.GetUtcNow()), traceParent);

    /// <summary>Publications of one transaction, no record twice, and how many records were left out for that.</summary>
    private sealed class Sealed
    {
        public List<Publication> Publications { get; } = [];
        public long Duplicates { get; set; }
    }
}

/// <summary>What publishing came to.</summary>
/// <param name="Accepted">Records stored now.</param>
/// <param name="Duplicates">Records that were stored already, or came twice.</param>
public readonly record struct PublishSummary(long Accepted, long Duplicates)
{
    public static PublishSummary operator +(PublishSummary left, PublishSummary right)
        => new(left.Accepted + right.Accepted, left.Duplicates + right.Duplicates);
}
