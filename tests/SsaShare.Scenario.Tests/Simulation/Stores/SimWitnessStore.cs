using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What a simulated node has seen of others' logs, and cosigned.</summary>
internal sealed class SimWitnessStore(SimDatabase database, TimeProvider time) : IWitnessStore
{
    public Task<WitnessedCheckpoint?> GetLatestAsync(string origin, CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.Witnessed.Where(one => one.Origin == origin).MaxBy(one => one.Head.Size), cancellationToken);

    public Task<bool> TryAdvanceAsync(WitnessedCheckpoint next, long latestSize, CancellationToken cancellationToken)
        => database.ExecuteAsync(tables =>
        {
            var ofLog = tables.Witnessed.Where(one => one.Origin == next.Origin).ToList();
            bool isNext = (latestSize == 0 ? ofLog.Count == 0 : ofLog.Count > 0 && ofLog[^1].Head.Size == latestSize)
                && tables.Held.TryGetValue((next.Origin, next.Head.Size), out var held) && held.Head == next.Head;
            if (isNext) tables.Witnessed.Add(next);
            return isNext;
        }, cancellationToken);

    public Task<HeldCheckpoint> HoldAsync(HeldCheckpoint checkpoint, CancellationToken cancellationToken)
        => database.ExecuteAsync(tables =>
        {
            tables.Held.TryAdd((checkpoint.Origin, checkpoint.Head.Size), checkpoint);
            return tables.Held[(checkpoint.Origin, checkpoint.Head.Size)];
        }, cancellationToken);

    public Task<HeldCheckpoint?> FindHeldAsync(string origin, long size, CancellationToken cancellationToken) => database.ReadAsync(tables => tables.Held.GetValueOrDefault((origin, size)), cancellationToken);

    public Task<HeldCheckpoint?> FindLargestHeldAsync(string origin, long sizeMax, CancellationToken cancellationToken)
        => database.ReadAsync(tables => tables.Held.Values.Where(held => held.Origin == origin && held.Head.Size <= sizeMax).MaxBy(held => held.Head.Size), cancellationToken);

    /// <summary>All logs here are honest: whoever finds a conflict ends the run by the entry that it leaves.</summary>
    public Task<bool> AddConflictAsync(string origin, Misbehaviour conflict, CancellationToken cancellationToken) => AccuseAsync(new LogEvent(LogKinds.CheckpointConflict, conflict.ToJson()), cancellationToken);

    public Task AddUnprovenAsync(PartnerId owner, UnprovenGrowth growth, CancellationToken cancellationToken) => AccuseAsync(new LogEvent(LogKinds.CheckpointUnproven, growth.ToJson()) { Peer = owner }, cancellationToken);

    public Task<IReadOnlyList<LogConflict>> ListConflictsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LogConflict>>([]);

    public Task<ReadOnlyMemory<byte>?> ReadConflictAsync(Hash256 id, CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken) => Task.FromResult(0);

    private Task<bool> AccuseAsync(LogEvent accusation, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            transaction.Log(accusation);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);
}
