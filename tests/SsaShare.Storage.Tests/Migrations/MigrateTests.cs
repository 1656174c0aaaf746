using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
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

    [Fact]
    public async Task Migrate_ADatabaseOfBeforeLanes_KeepsWhereEachPullStood()
    {
        var connections = await cluster.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(connections.Owner);
        await using (var db = new NodeDbContext(NodeStore.Options(source)))
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlAsync($"SELECT set_config({MigrationGrants.AppRoleSetting}, {connections.AppRole}, false)");
            await db.GetService<IMigrator>().MigrateAsync("20261122030300_Exchange");
        }
        await source.CreateCommand("INSERT INTO agreement (id, envelope, state) VALUES (sha256('one'), '', 4)").ExecuteNonQueryAsync();
        await source.CreateCommand("INSERT INTO inbox (agreement, provider, cursor, position) VALUES (sha256('one'), 'pacific', 'cursor', 7)").ExecuteNonQueryAsync();

        await NodeStore.MigrateAsync(connections.Owner, connections.AppRole, CancellationToken.None);
        Assert.Equal("pacific 1 0 7", await source.CreateCommand("SELECT provider || ' ' || source || ' ' || delay_s || ' ' || position FROM inbox_lane").ExecuteScalarAsync());
    }
}
