using System.Collections.Concurrent;
using System.Collections.Frozen;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>
/// Looks up which records of a batch are here already, where that is to be expected: mostly none is, and the table's unique indexes find that out while the records
/// are stored. Once one was found so, batches of that agreement and provider are looked up before they are stored, until no more has come for a while.
/// </summary>
internal sealed class KnownRecordLookups
{
    /// <summary>Batches without a known record after which the next are not looked up.</summary>
    private const int BatchesAfter = 16;

    private readonly ConcurrentDictionary<(AgreementId, PartnerId), int> _left = new();

    /// <summary>The database has refused a record of this batch because it is here already.</summary>
    public void Expect(Batch batch) => _left[Key(batch)] = BatchesAfter;

    /// <returns>Those that are here, with the epoch under which they are stored; none where none is expected.</returns>
    public async Task<IReadOnlyDictionary<RecordId, Epoch>> FindAsync(NpgsqlConnection connection, Batch batch, IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
    {
        if (!_left.TryGetValue(Key(batch), out int left) || records.Count == 0) return FrozenDictionary<RecordId, Epoch>.Empty;
        var known = await KnownRecords.FindAsync(connection, records, cancellationToken);
        if (known.Count > 0) Expect(batch);
        else if (left > 1) _left[Key(batch)] = left - 1;
        else _left.TryRemove(Key(batch), out _);
        return known;
    }

    private static (AgreementId, PartnerId) Key(Batch batch) => (batch.Manifest.Agreement, batch.Manifest.Provider);
}
