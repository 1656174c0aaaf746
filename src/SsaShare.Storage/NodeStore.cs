using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SsaShare.Domain;

namespace SsaShare.Storage;

/// <summary>A node's database as a whole.</summary>
public static class NodeStore
{
    /// <summary>Number of the advisory lock held while migrating: "ssashare" in ASCII.</summary>
    private const long MigrationLock = 0x7373_6173_6861_7265;

    /// <summary>
    /// Brings the database to the schema of this release and grants the app role what a running node needs. Several hosts may start at once:
    /// one migrates, the others wait. Applying nothing new is quick and changes nothing.
    /// </summary>
    /// <param name="ownerConnectionString">Of the role that owns the database; the running node does not use it.</param>
    /// <param name="appRole">Name of the existing role with which the node runs.</param>
    /// <exception cref="ArgumentException">The app role is the owner: the log would then not be append-only.</exception>
    public static async Task MigrateAsync(string ownerConnectionString, string appRole, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(ownerConnectionString);
        if (connection.Username == appRole) throw new ArgumentException($"The role '{appRole}' owns the database; the node runs with another one.", nameof(appRole));

        await using var source = NpgsqlDataSource.Create(connection);
        await using var db = new NodeDbContext(Options(source));
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT set_config({MigrationGrants.AppRoleSetting}, {appRole}, false)", cancellationToken);
        // EF Core's own lock is let go between one migration's transaction and the next, and what is applied is not looked up again: a second
        // host would apply the rest twice. This lock ends with the connection.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Sets how long own records are kept after they were published, in place of what was set before. The running node's role reads it and cannot change it.</summary>
    /// <param name="ownerConnectionString">Of the role that owns the database, migrated.</param>
    /// <param name="keep">By class; what is not in it is kept for ever.</param>
    /// <exception cref="ArgumentException">A time is shorter than a day, or the class is one that is always kept.</exception>
    public static async Task SetOwnRetentionAsync(string ownerConnectionString, IReadOnlyDictionary<RecordClass, TimeSpan> keep, CancellationToken cancellationToken)
    {
        foreach (var (kept, time) in keep)
            if (kept is RecordClass.Unspecified or RecordClass.Sensor || time < TimeSpan.FromDays(1)) throw new ArgumentException($"{kept} cannot be kept for {time}.", nameof(keep));
        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("DELETE FROM own_retention WHERE class <> ALL($1)") { Parameters = { new() { Value = keep.Keys.Select(one => (short)one).ToArray() } } });
        batch.BatchCommands.Add(new("INSERT INTO own_retention (class, keep_s) SELECT * FROM unnest($1, $2) ON CONFLICT (class) DO UPDATE SET keep_s = excluded.keep_s")
        {
            Parameters = { new() { Value = keep.Keys.Select(one => (short)one).ToArray() }, new() { Value = keep.Values.Select(time => (long)time.TotalSeconds).ToArray() } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static DbContextOptions<NodeDbContext> Options(NpgsqlDataSource source)
        => new DbContextOptionsBuilder<NodeDbContext>()
            // The database's exceptions travel as they are: whole transactions are repeated here, not commands.
            .UseNpgsql(source, npgsql => npgsql.ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
            // The migrations are written by hand and keep no model snapshot to compare with; a test compares the database itself.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
}
