using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What a simulated node originates: records first, then numbers and log entries under the head's lock.</summary>
internal sealed class SimPublicationStore(SimDatabase database, TimeProvider time) : IPublicationStore
{
    public Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            var ids = publications.SelectMany(publication => publication.Records).Select(published => published.Record.Id).ToList();
            try
            {
                if (database.Bug != PlantedBug.NoDedupe) await transaction.InsertAsync(ids, cancellationToken);
            }
            catch (SimUniqueViolationException)
            {
                return false;
            }
            var early = publications.Select(_ => database.Bug == PlantedBug.SkipsLateCommit ? database.NextInSequence() : 0).ToList();
            await transaction.LockHeadAsync(cancellationToken);
            foreach (var (publication, position) in publications.Zip(early))
                Append(transaction, publication, position > 0 ? position : transaction.NextFeedPosition());
            transaction.Write(tables => ids.ForEach(id => tables.Records[id] = tables.Records.GetValueOrDefault(id) + 1));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public Task<IReadOnlySet<RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlySet<RecordId>>(tables => records.Select(record => record.Id).Where(tables.Records.ContainsKey).ToHashSet(), cancellationToken);

    private static void Append(SimTransaction transaction, Publication publication, long position)
    {
        long arrival = transaction.NextArrival();
        if (!DocumentJson.TryRead<PublicationDocument>(publication.Document.Payload.Span, DocumentContexts.Publication, out var document)) throw new InvalidDataException("The publication is not one.");
        var row = new SimPublication(arrival, position, new PublicationSlice(publication.Document, publication.Records, [], publication.TraceParent), document.Published, null, null, null);
        transaction.Write(tables =>
        {
            tables.Publications.Add(row);
            tables.FeedPosition = Math.Max(tables.FeedPosition, position);
        });
        transaction.Log(new LogEvent(LogKinds.Publication, publication.Document.ToJson()) { Publications = [publication.Document.Id] });
    }
}
