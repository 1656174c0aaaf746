using System.Threading.Channels;
using Npgsql;
using SsaShare.Exchange;

namespace SsaShare.Storage;

/// <summary>
/// Writes the appends of many callers together: what comes while one transaction is made durable goes into the next. One writer at a time,
/// because the log has one end; nobody waits for it when there is nothing to write. The queue has a bound: who comes when it is full waits.
/// </summary>
internal sealed class AppendQueue(NodeDatabase database)
{
    /// <summary>As many events as one transaction takes of several callers; a caller that brings more has one of its own.</summary>
    private const int EventsMax = 4_096;

    /// <summary>As many callers as wait in the queue. Those beyond wait for a place before their events count as waiting, and go away when they are cancelled.</summary>
    internal const int WaitingMax = 1_024;

    private readonly Channel<WaitingAppend> _waiting = Channel.CreateBounded<WaitingAppend>(WaitingMax);
    private readonly Lock _lock = new();
    private bool _isWriting;

    public async Task<long> AppendAsync(IReadOnlyList<LogEvent> events, CancellationToken cancellationToken)
    {
        var append = new WaitingAppend(events);
        await _waiting.Writer.WriteAsync(append, cancellationToken);
        bool isFirst;
        lock (_lock) (isFirst, _isWriting) = (!_isWriting, true);
        if (isFirst) StartWriter();
        await using (cancellationToken.Register(() => append.TryCancel(cancellationToken))) return await append.FirstIndex;
    }

    private void StartWriter()
    {
        // It writes for others too: it is not part of what this caller does.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(WriteAllAsync);
    }

    private async Task WriteAllAsync()
    {
        while (TakeNext() is { } appends)
        {
            await WriteAsync(appends);
            // Those who were just answered often have more to append: they come in front of the next transaction.
            await Task.Yield();
        }
    }

    /// <returns>Null when nobody waits; the next to come then starts a writer.</returns>
    private List<WaitingAppend>? TakeNext()
    {
        lock (_lock)
        {
            var appends = new List<WaitingAppend>();
            for (int events = 0; _waiting.Reader.TryPeek(out var next) && (appends.Count == 0 || events + next.Events.Count <= EventsMax);)
            {
                _waiting.Reader.TryRead(out _);
                if (!next.TryTake()) continue;
                appends.Add(next);
                events += next.Events.Count;
            }
            _isWriting = appends.Count > 0;
            return _isWriting ? appends : null;
        }
    }

    private async Task WriteAsync(IReadOnlyList<WaitingAppend> appends)
    {
        OrderedTransaction? begun = null;
        try
        {
            var firsts = await database.WriteAsync(async transaction =>
            {
                begun = transaction;
                await transaction.LockHeadAsync(CancellationToken.None);
                var indices = appends.Select(append => append.Events.Select(transaction.Log).ToList()[0]).ToList();
                await transaction.CommitAsync(CancellationToken.None);
                return indices;
            }, CancellationToken.None);
            foreach (var (append, first) in appends.Zip(firsts)) append.Complete(first);
        }
        catch (Exception e)
        {
            await FailAsync(appends, e, begun is { IsCommitBegun: true });
        }
    }

    /// <summary>
    /// One caller's events that cannot be stored are not the others' loss: each caller is tried alone. Not so when the server is gone, or
    /// when it is not known whether the commit went through: then the same events could be stored twice.
    /// </summary>
    private async Task FailAsync(IReadOnlyList<WaitingAppend> appends, Exception exception, bool mayBeStored)
    {
        bool isServerGone = exception is NpgsqlException and not PostgresException;
        if (appends.Count == 1) appends[0].Fail(exception);
        else if (mayBeStored || isServerGone)
            foreach (var append in appends) append.Fail(new NpgsqlException($"Entries of {appends.Count} callers were written together: {exception.Message}", exception));
        else
            foreach (var append in appends) await WriteAsync([append]);
    }
}
