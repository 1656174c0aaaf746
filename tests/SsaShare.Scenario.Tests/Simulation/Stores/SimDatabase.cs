using SsaShare.Domain;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>
/// One node's database server: outlives the node's processes. Statements take time, connections break, the server stops; a commit that fails
/// for its caller may have happened. One transaction at a time is between the head's lock and its commit.
/// </summary>
internal sealed class SimDatabase(SimScheduler scheduler, SimTrace trace, string name, SimFaults faults, PlantedBug bug)
{
    private readonly List<SimTransaction> _open = [];
    private readonly List<(SimTransaction Transaction, TaskCompletionSource Granted)> _headQueue = [];
    private readonly Dictionary<RecordId, SimTransaction> _arriving = [];
    private SimTransaction? _headOwner;
    private TaskCompletionSource _news = new();
    private long _sequence;

    public string Name => name;

    public SimTables Tables { get; } = new();

    public PlantedBug Bug => bug;

    public SimFaults Faults => faults;

    public SimScheduler Scheduler => scheduler;

    public bool IsDown { get; private set; }

    /// <summary>Completes when records are committed.</summary>
    public Task News => _news.Task;

    /// <summary>Called after each commit.</summary>
    public Action<SimTables> Committed { get; set; } = _ => { };

    /// <summary>Reads at one moment.</summary>
    public Task<T> ReadAsync<T>(Func<SimTables, T> read, CancellationToken cancellationToken)
        => AskAsync(() => read(Tables), faults.ReadFails, cancellationToken);

    /// <summary>A whole transaction, again from its beginning when it was rolled back for another's sake.</summary>
    public async Task<T> WriteAsync<T>(TimeProvider time, Func<SimTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            var transaction = new SimTransaction(this, (SimContext)SynchronizationContext.Current!, time);
            try
            {
                await AskAsync(() => Begin(transaction), faults.ReadFails, cancellationToken);
                return await work(transaction);
            }
            catch (SimDeadlockException) when (attempt < 5)
            {
                // It starts anew.
            }
            finally
            {
                After(faults.StatementTime, () => End(transaction));
            }
        }
    }

    /// <summary>One statement that is a transaction of its own.</summary>
    public async Task<T> ExecuteAsync<T>(Func<SimTables, T> statement, CancellationToken cancellationToken)
    {
        var fate = faults.DrawCommit();
        var done = await AskAsync(() => fate == CommitFate.LostBefore ? default : statement(Tables), 0, cancellationToken);
        return fate == CommitFate.Answered ? done! : throw new SimDatabaseException("The connection broke.");
    }

    /// <summary>The server notices sooner or later that a process is gone, and rolls back what it had open.</summary>
    public void Abandon(SimContext context)
    {
        foreach (var transaction in _open.Where(one => one.Owner == context).ToList()) After(scheduler.Between(0, 2_000), () => End(transaction));
    }

    /// <summary>As with an immediate stop: everything that is not committed is gone.</summary>
    public void Stop()
    {
        IsDown = true;
        foreach (var transaction in _open.ToList()) End(transaction);
        trace.Say($"{name} database stops");
    }

    public void Start()
    {
        IsDown = false;
        trace.Say($"{name} database starts");
    }

    /// <summary>Asks the server for something and waits for the answer.</summary>
    internal Task<T> AskAsync<T>(Func<T> serve, double failure, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>();
        bool breaks = scheduler.Chance(failure);
        After(faults.StatementTime, () =>
        {
            if (IsDown || breaks)
            {
                answer.SetException(new SimDatabaseException(IsDown ? "The server is down." : "The connection broke."));
                return;
            }
            try
            {
                answer.SetResult(serve());
            }
            catch (Exception e)
            {
                answer.SetException(e);
            }
        });
        return answer.Task.WaitAsync(cancellationToken);
    }

    internal async Task LockHeadAsync(SimTransaction transaction, CancellationToken cancellationToken)
    {
        var granted = await AskAsync(() =>
        {
            EnsureOpen(transaction);
            var turn = new TaskCompletionSource();
            if (_headOwner is null) Grant(transaction, turn);
            else _headQueue.Add((transaction, turn));
            return turn.Task;
        }, faults.ReadFails, cancellationToken);
        await granted.WaitAsync(cancellationToken);
    }

    /// <summary>As a unique index does: one that is being stored is waited for.</summary>
    internal async Task InsertAsync(SimTransaction transaction, IReadOnlyCollection<RecordId> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            while (await AskAsync(() => Insert(transaction, id), 0, cancellationToken) is { } other)
            {
                var waited = new TaskCompletionSource();
                After(TimeSpan.FromSeconds(1), () => waited.TrySetException(new SimDeadlockException()));
                other.WhenEnded(() => waited.TrySetResult());
                await waited.Task.WaitAsync(cancellationToken);
            }
        }
    }

    internal async Task CommitAsync(SimTransaction transaction, CancellationToken cancellationToken)
    {
        var fate = faults.DrawCommit();
        if (fate == CommitFate.LostBefore)
        {
            await AskAsync(() => End(transaction), 0, cancellationToken);
            throw new SimDatabaseException("The connection broke before the commit.");
        }
        await AskAsync(() => Commit(transaction), 0, cancellationToken);
        if (fate == CommitFate.Answered) return;
        trace.Say($"{name} commit stands, its answer is lost");
        throw new SimDatabaseException("The connection broke after the commit.");
    }

    internal long NextInSequence() => ++_sequence;

    internal void After(TimeSpan delay, Action action)
        => new SimTimer(scheduler.World, _ => action(), null).Change(delay, Timeout.InfiniteTimeSpan);

    private bool Begin(SimTransaction transaction)
    {
        _open.Add(transaction);
        return true;
    }

    private SimTransaction? Insert(SimTransaction transaction, RecordId id)
    {
        EnsureOpen(transaction);
        if (_arriving.TryGetValue(id, out var other)) return other == transaction ? throw new SimUniqueViolationException() : other;
        if (Tables.Records.ContainsKey(id)) throw new SimUniqueViolationException();
        _arriving.Add(id, transaction);
        return null;
    }

    private bool Commit(SimTransaction transaction)
    {
        EnsureOpen(transaction);
        bool hasNews = transaction.Apply(Tables);
        Committed(Tables);
        End(transaction);
        if (!hasNews) return true;
        var news = _news;
        _news = new TaskCompletionSource();
        news.SetResult();
        return true;
    }

    private bool End(SimTransaction transaction)
    {
        if (!_open.Remove(transaction)) return false;
        foreach (var id in _arriving.Where(one => one.Value == transaction).Select(one => one.Key).ToList()) _arriving.Remove(id);
        foreach (var (waiting, turn) in _headQueue.Where(one => one.Transaction == transaction).ToList())
        {
            _headQueue.Remove((waiting, turn));
            turn.TrySetException(new SimDatabaseException("The transaction has ended."));
        }
        if (_headOwner == transaction)
        {
            _headOwner = null;
            if (_headQueue is [var (next, granted), ..])
            {
                _headQueue.RemoveAt(0);
                Grant(next, granted);
            }
        }
        transaction.Ended();
        return true;
    }

    private void Grant(SimTransaction transaction, TaskCompletionSource turn)
    {
        _headOwner = transaction;
        transaction.ReadHead(Tables);
        turn.SetResult();
    }

    private void EnsureOpen(SimTransaction transaction)
    {
        if (!_open.Contains(transaction)) throw new SimDatabaseException("The connection was closed by the server.");
    }
}
