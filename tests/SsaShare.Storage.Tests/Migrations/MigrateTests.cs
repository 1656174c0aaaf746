using Npgsql;

namespace SsaShare.Storage.Tests;

public sealed class MigrateTests(ClusterFixture cluster)
{
    [Fact]
    public async Task Migrate_FourHostsAtOnce_AppliesEachMigrationOnce()
    {
        var (owner, app) = await cluster.Cluster.CreateDatabaseAsync();
        string role = new NpgsqlConnectionStringBuilder(app).Username!;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NodeStore.MigrateAsync(owner, role, CancellationToken.None)));

        await using var source = NpgsqlDataSource.Create(owner);
        Assert.Equal(4L, await source.CreateCommand("SELECT count(*) FROM \"__EFMigrationsHistory\"").ExecuteScalarAsync());
        Assert.Equal(1L, await source.CreateCommand("SELECT count(*) FROM node").ExecuteScalarAsync());
    }

    [Fact]
    public async Task Migrate_AppRoleThatOwnsTheDatabase_Refuses()
    {
        var (owner, _) = await cluster.Cluster.CreateDatabaseAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => NodeStore.MigrateAsync(owner, new NpgsqlConnectionStringBuilder(owner).Username!, CancellationToken.None));
    }
}
