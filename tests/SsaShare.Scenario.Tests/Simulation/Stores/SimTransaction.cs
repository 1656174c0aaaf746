using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>One transaction: what it writes is shown when it commits, and numbers are given out while it holds the head's lock.</summary>
internal sealed class SimTransaction(SimDatabase database, SimContext owner, TimeProvider time)
{
    private readonly List<Action<SimTables>> _writes = [];
    private readonly List<LogEntry> _entries = [];
    private readonly List<Action> _afterEnd = [];
    private long _position, _arrival, _logSize;
    private bool _isLocked, _hasNews;

    public SimContext Owner => owner;

    public SimDatabase Database => database;

    /// <summary>By the node's clock.</summary>
    public Epoch Now => Utc.FromDateTime(time.GetUtcNow());

    /// <summary>What is committed; with the head locked nobody else commits numbers.</summary>
    public SimTables Tables => database.Tables;

    public Task LockHeadAsync(CancellationToken cancellationToken) => database.LockHeadAsync(this, cancellationToken);

    public Task InsertAsync(IReadOnlyCollection<RecordId> ids, CancellationToken cancellationToken) => database.InsertAsync(this, ids, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => database.CommitAsync(this, cancellationToken);

    public void Write(Action<SimTables> write) => _writes.Add(write);

    public long NextFeedPosition()
    {
        EnsureLocked();
        return ++_position;
    }

    public long NextArrival()
    {
        EnsureLocked();
        _hasNews = true;
        return ++_arrival;
    }

    public long Log(LogEvent logEvent)
    {
        EnsureLocked();
        var salt = new byte[16];
        database.Scheduler.Random.NextBytes(salt);
        _entries.Add(new LogEntry(_logSize + _entries.Count, logEvent, salt, Now));
        return _entries[^1].Index;
    }

    internal void ReadHead(SimTables tables)
        => (_position, _arrival, _logSize, _isLocked) = (tables.FeedPosition, tables.Arrival, tables.Log.Head.Size, true);

    /// <returns>Whether records came.</returns>
    internal bool Apply(SimTables tables)
    {
        foreach (var write in _writes) write(tables);
        foreach (var entry in _entries) tables.Log.Append(entry);
        if (_isLocked) (tables.FeedPosition, tables.Arrival) = (Math.Max(_position, tables.FeedPosition), _arrival);
        return _hasNews;
    }

    internal void WhenEnded(Action then) => _afterEnd.Add(then);

    internal void Ended()
    {
        foreach (var then in _afterEnd) then();
    }

    private void EnsureLocked()
    {
        if (!_isLocked) throw new InvalidOperationException("The head is not locked yet.");
    }
}
