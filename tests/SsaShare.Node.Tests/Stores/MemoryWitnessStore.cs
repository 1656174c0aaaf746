using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>Others' checkpoints in memory, by the rules of the port.</summary>
internal sealed class MemoryWitnessStore : IWitnessStore
{
    private readonly List<(LogConflict Conflict, Misbehaviour Document)> _conflicts = [];

    public List<HeldCheckpoint> Held { get; } = [];
    public List<WitnessedCheckpoint> Cosigned { get; } = [];
    public IReadOnlyList<Misbehaviour> Documents => [.. _conflicts.Select(one => one.Document)];

    /// <summary>What every question fails with; null when none does.</summary>
    public Exception? Fault { get; set; }

    public Task<WitnessedCheckpoint?> GetLatestAsync(string origin, CancellationToken cancellationToken)
        => Fault is { } fault ? Task.FromException<WitnessedCheckpoint?>(fault) : Task.FromResult(Cosigned.Where(one => one.Origin == origin).MaxBy(one => one.Head.Size));

    public async Task<bool> TryAdvanceAsync(WitnessedCheckpoint next, long latestSize, CancellationToken cancellationToken)
    {
        bool isNext = ((await GetLatestAsync(next.Origin, cancellationToken))?.Head.Size ?? 0) == latestSize && Held.Exists(one => one.Origin == next.Origin && one.Head == next.Head);
        if (isNext) Cosigned.Add(next);
        return isNext;
    }

    public Task<HeldCheckpoint> HoldAsync(HeldCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (Held.Find(one => one.Origin == checkpoint.Origin && one.Head.Size == checkpoint.Head.Size) is { } before) return Task.FromResult(before);
        Held.Add(checkpoint);
        return Task.FromResult(checkpoint);
    }

    public Task<HeldCheckpoint?> FindHeldAsync(string origin, long size, CancellationToken cancellationToken)
        => Task.FromResult(Held.Find(one => one.Origin == origin && one.Head.Size == size));

    public Task<HeldCheckpoint?> FindLargestHeldAsync(string origin, long sizeMax, CancellationToken cancellationToken)
        => Task.FromResult(Held.Where(one => one.Origin == origin && one.Head.Size <= sizeMax).MaxBy(one => one.Head.Size));

    public Task<bool> AddConflictAsync(string origin, Misbehaviour conflict, CancellationToken cancellationToken)
    {
        var id = Hash256.Of(conflict.ToJson());
        if (_conflicts.Exists(one => one.Conflict.Id == id || (one.Conflict.Origin == origin && one.Conflict.Forgiven is null))) return Task.FromResult(false);
        _conflicts.Add((new LogConflict(id, origin, conflict.Size, _conflicts.Count, null), conflict));
        return Task.FromResult(true);
    }

    public Task AddUnprovenAsync(SsaShare.Domain.PartnerId owner, UnprovenGrowth growth, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing is asked here.");

    public Task<IReadOnlyList<LogConflict>> ListConflictsAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<LogConflict>>([.. _conflicts.Select(one => one.Conflict)]);

    public Task<ReadOnlyMemory<byte>?> ReadConflictAsync(Hash256 id, CancellationToken cancellationToken)
        => Task.FromResult<ReadOnlyMemory<byte>?>(_conflicts.Find(one => one.Conflict.Id == id).Document?.ToJson());

    public Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken)
    {
        int count = 0;
        for (int i = 0; i < _conflicts.Count; i++)
        {
            if (_conflicts[i].Conflict.Origin != origin || _conflicts[i].Conflict.Forgiven is not null) continue;
            _conflicts[i] = (_conflicts[i].Conflict with { Forgiven = reason }, _conflicts[i].Document);
            count++;
        }
        return Task.FromResult(count);
    }
}
