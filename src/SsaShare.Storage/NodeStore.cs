using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace SsaShare.Storage;

/// <summary>A node's database as a whole.</summary>
public static class NodeStore
{
    /// <summary>
    /// Brings the database to the schema of this release and grants the app role what a running node needs, under EF Core's migration lock:
    /// several hosts may start at once. Applying nothing new is quick and changes nothing.
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
        await db.Database.MigrateAsync(cancellationToken);
    }

    internal static DbContextOptions<NodeDbContext> Options(NpgsqlDataSource source)
        => new DbContextOptionsBuilder<NodeDbContext>()
            .UseNpgsql(source)
            // The migrations are written by hand and keep no model snapshot to compare with; a test compares the database itself.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options;
}
