using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>Records with their ways, and to whom each was given.</summary>
internal sealed class MemoryFinder : IRecordFinder, IReleaseLedger
{
    public List<FoundRecord> Records { get; } = [];
    public List<(Hash256 Publication, int Index, ReleasedTo To)> Givings { get; } = [];

    public Task<IReadOnlyList<FoundRecord>> FindAsync(RecordIdPrefix prefix, int recordsMax, CancellationToken cancellationToken)
    {
        var ids = Records.Select(found => found.Id).Where(id => id.ToString().StartsWith(prefix.Digits, StringComparison.Ordinal)).Distinct()
            .OrderBy(id => id.ToString(), StringComparer.Ordinal).Take(recordsMax).ToList();
        return Task.FromResult<IReadOnlyList<FoundRecord>>([.. ids.SelectMany(id => Records.Where(found => found.Id == id))]);
    }

    public Task<IReadOnlyList<ReleasedTo>> FindAsync(Hash256 publicationId, int index, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ReleasedTo>>([.. Givings.Where(giving => giving.Publication == publicationId && giving.Index == index).Select(giving => giving.To)]);
}
