using System.Globalization;
using Npgsql;

namespace SsaShare.Benchmarks;

/// <summary>Two nodes, each a process with a server of its own, the one of which reads all that the other publishes.</summary>
internal sealed class ExchangingNodes : IAsyncDisposable
{
    private readonly DatabaseServer _providerServer, _readerServer;
    private readonly PublishingNode _provider;
    private readonly BenchNode _reader;
    private long _expected;

    private ExchangingNodes(DatabaseServer providerServer, DatabaseServer readerServer, PublishingNode provider, BenchNode reader)
        => (_providerServer, _readerServer, _provider, _reader) = (providerServer, readerServer, provider, reader);

    /// <summary>All that work for the exchange, with their children.</summary>
    public IReadOnlyList<int> ProcessIds => [_provider.ProcessId, _reader.ProcessId, _providerServer.ProcessId, _readerServer.ProcessId];

    public static async Task<ExchangingNodes> StartAsync(string folder)
    {
        var (providerServer, readerServer) = (await DatabaseServer.StartAsync(Path.Combine(folder, "provider-database")), await DatabaseServer.StartAsync(Path.Combine(folder, "reader-database")));
        var provider = BenchPeering.Init(Path.Combine(folder, "provider"), BenchAgreements.Provider, providerServer.Database);
        var reader = BenchPeering.Init(Path.Combine(folder, "reader"), BenchAgreements.Reader, readerServer.Database);
        await BenchPeering.AgreeAsync(provider, reader, BenchAgreements.Document(BenchAgreements.Unconditional()));
        return new ExchangingNodes(providerServer, readerServer, await PublishingNode.StartAsync(provider), await BenchNode.StartAsync(reader.Path));
    }

    /// <summary>What the next round publishes.</summary>
    public Task PrepareAsync(int first, int count) => _provider.PrepareAsync(first, count);

    /// <summary>Publishes what is prepared, and waits until the reader has checked and stored it all.</summary>
    public async Task ExchangeAsync(int count)
    {
        _expected += count;
        var stored = _readerServer.WaitUntilAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT coalesce(sum(record_count), 0) >= {_expected} FROM publication WHERE provider IS NOT NULL"), TimeSpan.FromMinutes(30));
        await _provider.PublishAsync();
        await stored;
    }

    /// <summary>How many records the reader has.</summary>
    public async Task<long> CountAsync()
    {
        await using var connection = new NpgsqlConnection(_readerServer.Administrator.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM record WHERE payload IS NOT NULL", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _provider.DisposeAsync();
        await _readerServer.DisposeAsync();
        await _providerServer.DisposeAsync();
    }
}
