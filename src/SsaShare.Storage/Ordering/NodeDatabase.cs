using System.Data.Common;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SsaShare.Storage;

/// <summary>Opens contexts and connections of the running node, with its app role.</summary>
internal sealed class NodeDatabase(NpgsqlDataSource source, TimeProvider time, NewsSignal news)
{
    private const int AttemptsMax = 5;
    private readonly DbContextOptions<NodeDbContext> _options = NodeStore.Options(source);

    public NpgsqlDataSource Source => source;

    public NewsSignal News => news;

    /// <summary>A context for reading; nothing is tracked.</summary>
    public NodeDbContext Read()
    {
        var db = new NodeDbContext(_options);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>One value that is asked for with every pull: plain SQL costs a third of a context.</summary>
    /// <param name="sql">Gives one row with one value that is not null.</param>
    public async Task<T> AskAsync<T>(string sql, CancellationToken cancellationToken, params IReadOnlyList<object> parameters)
    {
        await using var command = source.CreateCommand(sql);
        foreach (object parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<T>(0) : throw new InvalidDataException($"Nothing is there: {sql}");
    }

    /// <summary>
    /// Runs a whole transaction, and again from its beginning when PostgreSQL rolled it back for another's sake (deadlock, serialization).
    /// Any other failure travels on as the database's own exception; the transaction is then rolled back.
    /// </summary>
    /// <param name="work">Ends with <see cref="OrderedTransaction.CommitAsync"/>, or returns without it to store nothing.</param>
    public async Task<T> WriteAsync<T>(Func<OrderedTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await OrderedTransaction.BeginAsync(new NodeDbContext(_options), time, news, cancellationToken);
                return await work(transaction);
            }
            catch (DbUpdateException e) when (e.InnerException is DbException inner)
            {
                if (!IsRolledBackForAnother(inner) || attempt == AttemptsMax) ExceptionDispatchInfo.Throw(inner);
            }
            catch (PostgresException e) when (IsRolledBackForAnother(e) && attempt < AttemptsMax)
            {
                // Nothing was stored; the transaction starts anew.
            }
        }
    }

    private static bool IsRolledBackForAnother(Exception exception)
        => exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };
}
