using Npgsql;

namespace SsaShare.Storage;

/// <summary>The two ways into one database.</summary>
/// <param name="Owner">Connection string of the role that owns the database and migrates it.</param>
/// <param name="App">Connection string of the role with which a node runs: it may do what the migrations grant.</param>
public sealed record DatabaseConnections(string Owner, string App)
{
    /// <summary>Name of the role in <see cref="App"/>.</summary>
    public string AppRole => new NpgsqlConnectionStringBuilder(App).Username!;
}
