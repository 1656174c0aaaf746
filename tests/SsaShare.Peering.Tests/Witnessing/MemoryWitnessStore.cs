using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>Others' checkpoints in memory, by the rules of the port; this node cosigns nothing.</summary>
internal sealed class MemoryWitnessStore : IWitnessStore
{
    private readonly Dictionary<(string Origin, long Size), HeldCheckpoint> _held = [];
    private readonly List<Misbehaviour> _conflicts = [];

    public List<WitnessedCheckpoint> Cosigned { get; } = [];

    public List<(PartnerId Owner, UnprovenGrowth Growth)> Unproven { get; } = [];

    public Task<WitnessedCheckpoint?> GetLatestAsync(string origin, CancellationToken cancellationToken) => Task.FromResult(Cosigned.LastOrDefault(one => one.Origin == origin));

    public Task<bool> TryAdvanceAsync(WitnessedCheckpoint next, long latestSize, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing is cosigned here.");

    public Task<HeldCheckpoint> HoldAsync(HeldCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        _held.TryAdd((checkpoint.Origin, checkpoint.Head.Size), checkpoint);
        return Task.FromResult(_held[(checkpoint.Origin, checkpoint.Head.Size)]);
    }

    public Task<HeldCheckpoint?> FindHeldAsync(string origin, long size, CancellationToken cancellationToken) => Task.FromResult(_held.GetValueOrDefault((origin, size)));

    public Task<HeldCheckpoint?> FindLargestHeldAsync(string origin, long sizeMax, CancellationToken cancellationToken)
        => Task.FromResult(_held.Values.Where(held => held.Origin == origin && held.Head.Size <= sizeMax).MaxBy(held => held.Head.Size));

    public Task<bool> AddConflictAsync(string origin, Misbehaviour conflict, CancellationToken cancellationToken)
    {
        if (_conflicts.Contains(conflict)) return Task.FromResult(false);
        _conflicts.Add(conflict);
        return Task.FromResult(true);
    }

    public Task AddUnprovenAsync(PartnerId owner, UnprovenGrowth growth, CancellationToken cancellationToken)
    {
        Unproven.Add((owner, growth));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LogConflict>> ListConflictsAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<LogConflict>>([.. _conflicts.Select((conflict, i) => new LogConflict(Hash256.Of(conflict.ToJson()), "", 1, i, null))]);

    public Task<ReadOnlyMemory<byte>?> ReadConflictAsync(Hash256 id, CancellationToken cancellationToken) => throw new NotSupportedException("No document is read here.");

    public Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing is forgiven here.");
}
