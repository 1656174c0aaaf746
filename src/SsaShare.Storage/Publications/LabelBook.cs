using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Labels by number: each distinct label is stored once, and kept in memory while not too many are known.</summary>
internal sealed class LabelBook(NodeDatabase database)
{
    private const int CachedMax = 10_000;
    private readonly ConcurrentDictionary<Hash256, int> _ids = new();
    private readonly ConcurrentDictionary<int, SealedLabel> _labels = new();

    /// <summary>The numbers of these labels, stored now where they were not. Committed at once: a label without records harms nobody.</summary>
    public async Task<IReadOnlyDictionary<Hash256, int>> GetIdsAsync(IEnumerable<SealedLabel> labels, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<Hash256, int>();
        foreach (var label in labels)
        {
            if (ids.ContainsKey(label.Hash)) continue;
            if (!_ids.TryGetValue(label.Hash, out int id)) id = await StoreAsync(label, cancellationToken);
            ids.Add(label.Hash, id);
        }
        return ids;
    }

    /// <summary>Labels by number.</summary>
    public async Task<IReadOnlyDictionary<int, SealedLabel>> GetLabelsAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<int, SealedLabel>();
        var missing = new List<int>();
        foreach (int id in ids)
        {
            if (_labels.TryGetValue(id, out var label)) labels.TryAdd(id, label);
            else missing.Add(id);
        }
        if (missing.Count == 0) return labels;

        await using var db = database.Read();
        await foreach (var row in db.Set<LabelRow>().Where(row => missing.Contains(row.Id)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var releasableTo = row.ReleasableTo?.ToImmutableSortedSet(StringComparer.Ordinal);
            var label = new SealedLabel(row.Bytes, new Label((HandlingLevel)row.Level, (DataMode)row.Mode, releasableTo, row.OriginatorControlled));
            labels[row.Id] = Remember(row.Id, label);
        }
        return labels;
    }

    private async Task<int> StoreAsync(SealedLabel label, CancellationToken cancellationToken)
    {
        // The second half finds a label that was there before; one that another transaction committed meanwhile is found by the loop.
        const string sql = """
            WITH added AS (
                INSERT INTO label (hash, bytes, level, mode, releasable_to, originator_controlled) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (hash) DO NOTHING RETURNING id)
            SELECT id FROM added UNION ALL SELECT id FROM label WHERE hash = $1
            """;
        while (true)
        {
            await using var command = database.Source.CreateCommand(sql);
            command.Parameters.Add(new() { Value = label.Hash.ToArray() });
            command.Parameters.Add(new() { Value = label.Bytes, NpgsqlDbType = NpgsqlDbType.Bytea });
            command.Parameters.Add(new() { Value = (short)label.Parsed.Level });
            command.Parameters.Add(new() { Value = (short)label.Parsed.Mode });
            command.Parameters.Add(new() { Value = (object?)label.Parsed.ReleasableTo?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = label.Parsed.OriginatorControlled });
            if (await command.ExecuteScalarAsync(cancellationToken) is int id)
            {
                Remember(id, label);
                return id;
            }
        }
    }

    private SealedLabel Remember(int id, SealedLabel label)
    {
        if (_labels.Count >= CachedMax)
        {
            _labels.Clear();
            _ids.Clear();
        }
        _ids[label.Hash] = id;
        return _labels[id] = label;
    }
}
