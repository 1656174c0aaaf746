using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>To whom this node gave which record.</summary>
internal sealed class ReleaseLedger(NodeDatabase database) : IReleaseLedger
{
    private const string Insert = "INSERT INTO release (manifest, ordinal, publication, profile, indexes) SELECT $1, slice.* FROM unnest($2, $3, $4, $5) slice";

    public async Task<IReadOnlyList<ReleasedTo>> FindAsync(Hash256 publicationId, int index, CancellationToken cancellationToken)
    {
        byte[] publication = publicationId.ToArray();
        await using var db = database.Read();
        var rows = await db.Set<ReleaseRow>().Where(release => release.Publication.Equals(publication))
            .Join(db.Set<ManifestIssuedRow>(), release => release.Manifest, manifest => manifest.Id, (release, manifest) => new { release.Profile, release.Indexes, Manifest = manifest })
            .ToListAsync(cancellationToken);
        return [.. rows.Where(row => Has(row.Indexes, index)).Select(row => Read(row.Manifest, row.Profile)).OrderBy(release => release.At).ThenBy(release => release.Form.IsFull ? 0 : 1)];
    }

    /// <summary>Keeps what goes out with a manifest, in the transaction that keeps the manifest.</summary>
    internal static async Task AddAsync(NpgsqlConnection connection, Hash256 manifest, IReadOnlyList<PublicationSlice> slices, CancellationToken cancellationToken)
    {
        if (slices.Count == 0) return;
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.Add(new() { Value = manifest.ToArray() });
        Add(NpgsqlDbType.Smallint, (_, i) => (short)i);
        Add(NpgsqlDbType.Bytea, (slice, _) => slice.Document.Id.ToArray());
        Add(NpgsqlDbType.Text, (slice, _) => slice.Form.Profile?.Value);
        Add(NpgsqlDbType.Bytea, (slice, _) => Bits(slice.Records));
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<PublicationSlice, int, T> column)
            => command.Parameters.Add(new() { Value = slices.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static ReleasedTo Read(ManifestIssuedRow row, string? profile)
    {
        var form = profile is null ? ReleaseForm.Full : ProfileId.TryParse(profile, out var id) ? ReleaseForm.Degraded(id) : throw new InvalidDataException($"'{profile}' is no profile.");
        return DocumentJson.TryRead<ManifestDocument>(row.Document, DocumentContexts.Manifest, out var document)
            ? new ReleasedTo(document.Receiver, document.Agreement, form, document.Watermark, new Hash256(row.Id))
            : throw new InvalidDataException($"The document of issued manifest {new Hash256(row.Id)} is not one.");
    }

    private static byte[] Bits(IReadOnlyList<PublishedRecord> records)
    {
        byte[] bits = new byte[records[^1].Index / 8 + 1];
        foreach (var record in records) bits[record.Index / 8] |= (byte)(1 << (record.Index % 8));
        return bits;
    }

    private static bool Has(byte[] bits, int index) => index >= 0 && index / 8 < bits.Length && (bits[index / 8] >> (index % 8) & 1) == 1;
}
