using System.Globalization;
using Npgsql;

namespace SsaShare.Benchmarks;

/// <summary>Two nodes, each a process with a server of its own, the one of which reads all that the other publishes.</summary>
internal sealed class ExchangingNodes : IAsyncDisposable
{
    private readonly DatabaseServer _providerServer, _readerServer;
    private readonly PublishingNode _provider;
    private readonly BenchNode _reader;
    private readonly Dictionary<string, long> _single = [];
    private NpgsqlConnection? _readerConnection;

    private ExchangingNodes(DatabaseServer providerServer, DatabaseServer readerServer, PublishingNode provider, BenchNode reader)
        => (_providerServer, _readerServer, _provider, _reader) = (providerServer, readerServer, provider, reader);

    /// <summary>All that work for the exchange, with their children.</summary>
    public IReadOnlyList<(string Name, int ProcessId)> Processes
        => [("provider", _provider.ProcessId), ("its server", _providerServer.ProcessId), ("reader", _reader.ProcessId), ("its server", _readerServer.ProcessId)];

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
        long before = await _readerServer.AskAsync<long>("SELECT arrival FROM head");
        var stored = _readerServer.WaitUntilAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT coalesce(sum(record_count), 0) >= {count} FROM publication WHERE arrival > {before}"), TimeSpan.FromMinutes(30));
        await _provider.PublishAsync();
        await stored;
    }

    /// <summary>Publishes one record, and waits until the reader has checked and stored it.</summary>
    /// <param name="kind">"routine" or "urgent".</param>
    public async Task DeliverOneAsync(string kind)
    {
        string urgent = kind == "urgent" ? "urgent" : "NOT urgent";
        _readerConnection ??= await OpenReaderAsync();
        if (!_single.TryGetValue(kind, out long before)) before = await CountSingleAsync(urgent);
        var told = _provider.PublishOneAsync(kind);
        while (await CountSingleAsync(urgent) == before) await Task.Delay(TimeSpan.FromMilliseconds(2));
        _single[kind] = before + 1;
        await told;
    }

    /// <summary>Bulk data are published without a pause from now on.</summary>
    public Task FloodAsync(int count) => _provider.FloodAsync(count);

    /// <summary>Whether they are still being published.</summary>
    public bool IsFlooding => _provider.IsFlooding;

    /// <summary>Completes when all of them are durable at the provider.</summary>
    public Task CalmAsync() => _provider.CalmAsync();

    /// <summary>How many records the reader has.</summary>
    public Task<long> CountAsync() => _readerServer.AskAsync<long>("SELECT count(*) FROM record WHERE payload IS NOT NULL");

    /// <summary>Publications of a single record that have come: bulk data come in larger ones.</summary>
    private async Task<long> CountSingleAsync(string urgent)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM publication WHERE {urgent} AND provider IS NOT NULL AND size = 1", _readerConnection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<NpgsqlConnection> OpenReaderAsync()
    {
        var connection = new NpgsqlConnection(_readerServer.Administrator.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_readerConnection is not null) await _readerConnection.DisposeAsync();
        await _reader.DisposeAsync();
        await _provider.DisposeAsync();
        await _readerServer.DisposeAsync();
        await _providerServer.DisposeAsync();
    }
}
