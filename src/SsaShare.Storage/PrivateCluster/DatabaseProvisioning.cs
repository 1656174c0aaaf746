using System.Text.RegularExpressions;
using Npgsql;

namespace SsaShare.Storage;

/// <summary>Makes a database with its two roles on any server on which the caller may.</summary>
internal static partial class DatabaseProvisioning
{
    /// <summary>Any number, the same for everyone who provisions: roles belong to the whole cluster.</summary>
    private const long AdvisoryLock = 0x5353_4153_4841_5245;

    /// <summary>Makes what is missing; doing it again changes nothing.</summary>
    /// <param name="adminConnectionString">To an existing database, of a role that may create roles and databases.</param>
    /// <param name="name">1 to 48 of a-z, 0-9, '_' and '-', beginning with a letter, for example a partner id.</param>
    /// <param name="cancellationToken">Stops it; it can be done again.</param>
    /// <exception cref="ArgumentException">Not such a name.</exception>
    public static async Task EnsureAsync(string adminConnectionString, string name, CancellationToken cancellationToken)
    {
        if (!NamePattern().IsMatch(name)) throw new ArgumentException($"'{name}' is not 1 to 48 of a-z, 0-9, '_' and '-', beginning with a letter.", nameof(name));
        await using var server = NpgsqlDataSource.Create(adminConnectionString);
        await using (var connection = await server.OpenConnectionAsync(cancellationToken))
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({AdvisoryLock})", cancellationToken);
            foreach (string role in new[] { OwnerRole(name), AppRole(name) })
                if (!await ExistsAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, cancellationToken))
                    await ExecuteAsync(connection, $"CREATE ROLE \"{role}\" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE", cancellationToken);
            if (!await ExistsAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", name, cancellationToken))
                await ExecuteAsync(connection, $"CREATE DATABASE \"{name}\" OWNER \"{OwnerRole(name)}\" TEMPLATE template0 ENCODING 'UTF8'", cancellationToken);
            await ExecuteAsync(connection, $"REVOKE ALL ON DATABASE \"{name}\" FROM PUBLIC", cancellationToken);
            await ExecuteAsync(connection, $"GRANT CONNECT, TEMPORARY ON DATABASE \"{name}\" TO \"{AppRole(name)}\"", cancellationToken);
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({AdvisoryLock})", cancellationToken);
        }
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(adminConnectionString) { Database = name, Pooling = false });
        await using var inside = await database.OpenConnectionAsync(cancellationToken);
        // The app role sees the schema but nothing in it: each migration grants what a running node needs.
        await ExecuteAsync(inside, $"REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO \"{AppRole(name)}\"", cancellationToken);
    }

    public static string OwnerRole(string name) => name + "_owner";

    public static string AppRole(string name) => name + "_app";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,47}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
