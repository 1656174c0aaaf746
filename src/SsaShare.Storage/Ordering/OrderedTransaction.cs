using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Storage;

/// <summary>
/// One transaction that takes its place among the node's commits. Bulk work comes first; then <see cref="LockHeadAsync"/>, after which
/// numbers are handed out; then <see cref="CommitAsync"/>. From lock to commit no other transaction can take a number, so numbers are
/// dense and in commit order, and a rolled back one leaves no gap. Disposed without commit it stores nothing.
/// </summary>
internal sealed class OrderedTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;
    private readonly TimeProvider _time;
    private readonly NewsSignal _news;
    private HeadRow? _head;
    private LogEdge? _log;
    private bool _isHeadMoved, _hasNews;

    private OrderedTransaction(NodeDbContext db, IDbContextTransaction transaction, TimeProvider time, NewsSignal news)
    {
        (Db, _transaction, _time, _news) = (db, transaction, time, news);
        // Rows may refer to entries of the log.
        db.BeforeSaving = cancellationToken => WriteLogAsync(withHead: false, cancellationToken);
    }

    /// <summary>Rows added here are written by <see cref="CommitAsync"/>.</summary>
    public NodeDbContext Db { get; }

    /// <summary>For COPY and plain SQL in the same transaction.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)Db.Database.GetDbConnection();

    /// <summary>Whether a failure may have come after everything was stored.</summary>
    public bool IsCommitBegun { get; private set; }

    /// <summary>By the node's clock.</summary>
    public Epoch Now => Utc.FromDateTime(_time.GetUtcNow());

    private HeadRow Head => _head ?? throw new InvalidOperationException("The head is not locked yet.");

    /// <summary>The log as it was when the head was locked.</summary>
    public LogHead CommittedLog => LogEdge.ReadHead(Head.LogFrontier);

    public static async Task<OrderedTransaction> BeginAsync(NodeDbContext db, TimeProvider time, NewsSignal news, CancellationToken cancellationToken)
    {
        try
        {
            db.Database.AutoSavepointsEnabled = false;
            return new OrderedTransaction(db, await db.Database.BeginTransactionAsync(cancellationToken), time, news);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until no other transaction is between lock and commit, and keeps others waiting from here on.</summary>
    public async Task LockHeadAsync(CancellationToken cancellationToken)
    {
        // By plain SQL, here and when it is written: everybody who has something to store waits between the two.
        await using var command = new NpgsqlCommand("SELECT feed_position, arrival, log_frontier FROM head FOR UPDATE", Connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) throw new InvalidDataException("The database has no head.");
        _head = new HeadRow { FeedPosition = reader.GetInt64(0), Arrival = reader.GetInt64(1), LogFrontier = reader.GetFieldValue<byte[]>(2) };
        _log = CompactRange.TryRead(_head.LogFrontier, out var log) ? new LogEdge(log) : throw new InvalidDataException("The head's log frontier is not one.");
    }

    /// <summary>The next place in this node's feed.</summary>
    public long NextFeedPosition()
    {
        _isHeadMoved = true;
        return ++Head.FeedPosition;
    }

    /// <summary>The next number among everything stored here.</summary>
    public long NextArrival()
    {
        (_isHeadMoved, _hasNews) = (true, true);
        return ++Head.Arrival;
    }

    /// <summary>Appends an entry to the node's log.</summary>
    /// <returns>Its index.</returns>
    public long Log(LogEvent logEvent)
    {
        _ = Head;
        _isHeadMoved = true;
        return _log!.Append(logEvent, Now);
    }

    /// <summary>Writes rows, log and head, and returns when all of it is durable.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_isHeadMoved) await WriteLogAsync(withHead: true, cancellationToken);
        await Db.SaveChangesAsync(cancellationToken);
        IsCommitBegun = true;
        await _transaction.CommitAsync(cancellationToken);
        if (_hasNews) _news.Raise();
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Db.DisposeAsync();
    }

    private async Task WriteLogAsync(bool withHead, CancellationToken cancellationToken)
    {
        if (_log is not { } log) return;
        await using var batch = new NpgsqlBatch(Connection);
        await log.WriteAsync(batch, cancellationToken);
        if (withHead)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE head SET feed_position = $1, arrival = $2, log_frontier = $3")
            {
                Parameters = { new() { Value = Head.FeedPosition }, new() { Value = Head.Arrival }, new() { Value = log.ToBytes() } },
            });
        }
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
