using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace SsaShare.Storage.Tests;

public sealed class MigrateTests(TestCluster cluster)
{
    [Fact]
    public async Task Migrate_FourHostsAtOnce_AppliesEachMigrationOnce()
    {
        var connections = await cluster.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NodeStore.MigrateAsync(connections.Owner, connections.AppRole, CancellationToken.None)));

        await using var source = NpgsqlDataSource.Create(connections.Owner);
        long migrations = typeof(NodeStore).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Migration)));
        Assert.Equal(migrations, await source.CreateCommand("SELECT count(*) FROM \"__EFMigrationsHistory\"").ExecuteScalarAsync());
        Assert.Equal(1L, await source.CreateCommand("SELECT count(*) FROM node").ExecuteScalarAsync());
    }

    [Fact]
    public async Task Migrate_AppRoleThatOwnsTheDatabase_Refuses()
    {
        var connections = await cluster.CreateDatabaseAsync();
        string owner = new NpgsqlConnectionStringBuilder(connections.Owner).Username!;
        await Assert.ThrowsAsync<ArgumentException>(() => NodeStore.MigrateAsync(connections.Owner, owner, CancellationToken.None));
    }
}
