using Npgsql;

namespace SsaShare.Storage.Tests;

/// <summary>What the two roles of a database may and may not do.</summary>
public sealed class DatabaseRolesTests(TestCluster cluster, TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task App_WithoutGrants_SeesNothingAndMakesNothing()
    {
        await ExecuteAsync(database.Connections.Owner, "CREATE TABLE secret (value int)");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FaultAsync(database.Connections.App, "SELECT * FROM secret"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FaultAsync(database.Connections.App, "CREATE TABLE own (value int)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FaultAsync(database.Connections.App, "CREATE SCHEMA own"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FaultAsync(database.Connections.App, $"SET ROLE {OwnerOf(database.Connections)}"));
    }

    [Fact]
    public async Task App_WithInsertAndSelect_CanAppendOnly()
    {
        await ExecuteAsync(database.Connections.Owner, $"CREATE TABLE entry (value int); GRANT SELECT, INSERT ON entry TO {database.Connections.AppRole}");
        await ExecuteAsync(database.Connections.App, "INSERT INTO entry VALUES (1)");
        foreach (string sql in new[] { "UPDATE entry SET value = 2", "DELETE FROM entry", "TRUNCATE entry", "DROP TABLE entry", "ALTER TABLE entry ADD COLUMN more int" })
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FaultAsync(database.Connections.App, sql));
    }

    [Fact]
    public async Task Roles_OfOneDatabase_CannotEnterAnother()
    {
        var other = await cluster.CreateDatabaseAsync();
        string intoOther = new NpgsqlConnectionStringBuilder(database.Connections.App) { Database = new NpgsqlConnectionStringBuilder(other.App).Database }.ConnectionString;
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await FaultAsync(intoOther, "SELECT 1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Atlantic")]
    [InlineData("a\"b")]
    [InlineData("1a")]
    [InlineData("a0123456789012345678901234567890123456789012345678")]
    public async Task EnsureAsync_NameThatIsNone_Throws(string name)
        => await Assert.ThrowsAsync<ArgumentException>(() => DatabaseProvisioning.EnsureAsync(database.Connections.Owner, name, CancellationToken.None));

    private static string OwnerOf(DatabaseConnections connections) => new NpgsqlConnectionStringBuilder(connections.Owner).Username!;

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await source.CreateCommand(sql).ExecuteNonQueryAsync();
    }

    private static async Task<string> FaultAsync(string connectionString, string sql)
        => (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connectionString, sql))).SqlState;
}
