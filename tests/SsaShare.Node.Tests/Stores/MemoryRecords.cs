using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>Own and received records in memory.</summary>
internal sealed class MemoryRecords : IPublicationStore, IRecordReader
{
    private readonly List<ArrivedRecord> _records = [];
    private readonly HashSet<RecordId> _known = [];
    private long _arrival;

    public List<(PartnerId Provider, AgreementId Agreement, Epoch Watermark)> Watermarks { get; } = [];

    public void Receive(SealedRecord record, PartnerId provider, AgreementId agreement) => _records.Add(new ArrivedRecord(++_arrival, record, provider, agreement, record.Facts.Epoch, null));

    public Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
    {
        var all = publications.SelectMany(publication => publication.Records).Select(published => published.Record).ToList();
        if (all.Any(record => _known.Contains(record.Id))) return Task.FromResult(false);
        _arrival++;
        foreach (var record in all)
        {
            _known.Add(record.Id);
            _records.Add(new ArrivedRecord(_arrival, record, null, null, record.Facts.Epoch, null));
        }
        return Task.FromResult(true);
    }

    public Task<IReadOnlySet<RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlySet<RecordId>>(records.Select(record => record.Id).Where(_known.Contains).ToHashSet());

    public Task<IReadOnlyList<ArrivedRecord>> ReadAsync(long afterArrival, IReadOnlyCollection<RecordClass> classes, int recordsMax, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ArrivedRecord>>(
            [.. _records.Where(record => record.Arrival > afterArrival && classes.Contains(record.Record.Facts.Class)).OrderBy(record => record.Arrival).Take(recordsMax)]);

    public Task<IReadOnlyList<(PartnerId? Provider, long Count)>> CountAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<(PartnerId?, long)>>([.. _records.GroupBy(record => record.Provider).Select(group => (group.Key, group.LongCount()))]);

    public Task<IReadOnlyList<(PartnerId Provider, AgreementId Agreement, Epoch Watermark)>> ListWatermarksAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<(PartnerId, AgreementId, Epoch)>>(Watermarks);
}
