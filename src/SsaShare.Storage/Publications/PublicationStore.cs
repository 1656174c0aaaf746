using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>What this node originates: records by COPY, then numbers and log entries under the head's lock.</summary>
internal sealed class PublicationStore(NodeDatabase database, LabelBook labels, ObservationPartitions partitions, PublicationTail tail) : IPublicationStore
{
    public async Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
    {
        var records = publications.SelectMany(publication => publication.Records).Select(published => published.Record);
        var labelIds = await labels.GetIdsAsync(records.Select(record => record.Label), cancellationToken);
        return await partitions.WithAsync(records.Select(record => record.Facts), () => database.WriteAsync(async transaction =>
        {
            long[] keys = await PublicationKeys.TakeAsync(transaction.Connection, publications.Count, cancellationToken);
            try
            {
                await RecordWriter.CopyAsync(transaction.Connection, keys.Zip(publications, (key, publication) => (key, publication.Records)), labelIds, cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                return false;
            }

            await transaction.LockHeadAsync(cancellationToken);
            foreach (var (key, publication) in keys.Zip(publications))
            {
                transaction.Db.Add(PublicationRows.Own(key, transaction.NextArrival(), transaction.NextFeedPosition(), publication));
                transaction.Log(new LogEvent(LogKinds.Publication, publication.Document.ToJson()) { Publications = [publication.Document.Id] });
            }
            // Before the commit, because readers who wait are woken by it.
            tail.Add(publications);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlySet<RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return (await KnownRecords.FindAsync(connection, records, cancellationToken)).Keys.ToHashSet();
    }
}
