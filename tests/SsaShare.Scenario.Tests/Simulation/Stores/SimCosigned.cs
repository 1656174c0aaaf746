using System.Runtime.CompilerServices;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Cosignatures of a simulated node's log.</summary>
internal sealed class SimCosigned(SimDatabase database) : ICosignedCheckpoints
{
    public Task<CosignedCheckpoint?> GetNewestAsync(CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.Cosignatures.Count == 0 ? null : Compose(tables, tables.Cosignatures.Max(one => one.Size), newest: true), cancellationToken);

    public Task<CosignedCheckpoint?> GetNewestWithAsync(int quorum, IReadOnlySet<PartnerId> witnesses, CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.Cosignatures.Where(one => witnesses.Contains(one.Line.Witness)).GroupBy(one => one.Size)
            .Where(group => group.Select(one => one.Line.Witness).Distinct().Count() >= quorum).MaxBy(group => group.Key) is { } enough ? Compose(tables, enough.Key, newest: true) : null, cancellationToken);

    public async IAsyncEnumerable<CosignedCheckpoint> ReadAsync(long fromSize, long toSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(tables => tables.Cosignatures.Select(one => one.Size).Where(size => size >= fromSize && size <= toSize).Distinct().Order()
            .Select(size => Compose(tables, size, newest: false)).ToList(), cancellationToken);
        foreach (var one in found) yield return one;
    }

    public Task<IReadOnlyDictionary<PartnerId, (long Size, Epoch At)>> ListWitnessesAsync(CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyDictionary<PartnerId, (long, Epoch)>>(tables => tables.Cosignatures.GroupBy(one => one.Line.Witness)
            .ToDictionary(group => group.Key, group => (group.Max(one => one.Size), At(group.MaxBy(one => one.Line.UnixTimeS).Line))), cancellationToken);

    public Task AddAsync(LogHead head, string note, CosignatureLine cosignature, CancellationToken cancellationToken)
        => database.ExecuteAsync(tables =>
        {
            if (tables.Checkpoints.All(kept => kept.Head.Size != head.Size)) tables.Checkpoints.Add((head, note));
            if (tables.Checkpoints.Any(kept => kept.Head == head) && !tables.Cosignatures.Contains((head.Size, cosignature))) tables.Cosignatures.Add((head.Size, cosignature));
            return true;
        }, cancellationToken);

    private static CosignedCheckpoint Compose(SimTables tables, long size, bool newest)
    {
        var (head, note) = tables.Checkpoints.Single(kept => kept.Head.Size == size);
        var lines = tables.Cosignatures.Where(one => one.Size == size).Select(one => one.Line).GroupBy(line => line.Witness)
            .Select(ofOne => newest ? ofOne.MaxBy(line => line.UnixTimeS)! : ofOne.MinBy(line => line.UnixTimeS)!).OrderBy(line => line.Witness.Value, StringComparer.Ordinal).ToList();
        return new CosignedCheckpoint(size, head.Root, note + string.Concat(lines.Select(line => line.Line + "\n")), [.. lines.Select(line => (line.Witness, At(line)))]);
    }

    private static Epoch At(CosignatureLine line) => CosignedCheckpoint.ToEpoch(line.UnixTimeS) ?? throw new InvalidDataException($"A cosignature's time, {line.UnixTimeS} s, is no date.");
}
