using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench ingest`: observations per second through the real publisher (encoded, hashed, signed, logged, positions given) against a raw
/// binary COPY of the very same rows, by one connection, into a table with the same columns, checks and indexes that is not partitioned.
/// The two take turns, slice by slice, so that both see the same machine; a slice before the first warms both up and does not count.
/// </summary>
public static class IngestBench
{
    private const int Slices = 20;
    private const string Columns = "id, class, epoch_ns, publication, index, salt, label, regime, sensor, object_tag, payload";
    private static readonly PartnerId Partner = PartnerId.Parse("atlantic");
    private static readonly SensorId Sensor = SensorId.Parse("ascension-354");

    /// <param name="args"><c>--rows N</c>, default 1,000,000: counted rows, a multiple of 20.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int rows = args is ["--rows", { } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var cluster = await PrivateCluster.StartAsync(folder);
            await MeasureAsync(await cluster.CreateDatabaseAsync("bench"), rows / Slices);
            double restMegabytes = await NodeRest.MeasureMegabytesAsync(cluster, folder);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT node_rest_mb {restMegabytes:F0} MB"));
        }
        finally
        {
            PrivateCluster.Delete(folder);
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task MeasureAsync(DatabaseConnections connections, int sliceRows)
    {
        await NodeStore.MigrateAsync(connections.Owner, connections.AppRole, CancellationToken.None);
        await using var host = new ServiceCollection().AddStorage(connections.App).BuildServiceProvider();
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var publisher = new Publisher(host.GetRequiredService<IPublicationStore>(), Partner, key, TimeProvider.System);
        await using var owner = NpgsqlDataSource.Create(connections.Owner);
        await using var connection = await owner.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand("CREATE TABLE raw_copy (LIKE record INCLUDING ALL)", connection)) await create.ExecuteNonQueryAsync();

        TimeSpan ingest = default, copy = default;
        for (int slice = 0; slice <= Slices; slice++)
        {
            var (ingestTook, copyTook) = (await IngestAsync(publisher, slice * sliceRows, sliceRows), await CopyAsync(connection));
            if (slice == 0) continue;
            (ingest, copy) = (ingest + ingestTook, copy + copyTook);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{slice * sliceRows} rows: ingest {sliceRows / ingestTook.TotalSeconds:F0} rows/s, copy {sliceRows / copyTook.TotalSeconds:F0} rows/s"));
        }

        await using var count = new NpgsqlCommand("SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM raw_copy)", connection);
        await using (var reader = await count.ExecuteReaderAsync())
        {
            long expected = (Slices + 1L) * sliceRows;
            if (!await reader.ReadAsync() || reader.GetInt64(0) != expected || reader.GetInt64(1) != expected) throw new InvalidOperationException($"Expected {expected} rows in both tables.");
        }
        double rows = (double)Slices * sliceRows;
        Console.WriteLine("The raw COPY's table has the columns, checks, primary key (id, class, epoch_ns) and index (publication, index) of the record table, and no partitions.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT ingest_rows_per_s {rows / ingest.TotalSeconds:F0} rows/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT copy_rows_per_s {rows / copy.TotalSeconds:F0} rows/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT ingest_vs_copy {copy / ingest:F3} ratio"));
    }

    private static async Task<TimeSpan> IngestAsync(Publisher publisher, int first, int rows)
    {
        long start = Stopwatch.GetTimestamp();
        var summary = await publisher.PublishAsync(ObserveAsync(first, rows), CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(start);
        return summary == new PublishSummary(rows, 0) ? took : throw new InvalidOperationException($"Expected {rows} records stored, got {summary}.");
    }

    /// <summary>The newest rows leave the record table as COPY's own bytes and enter the raw table: the client does nothing but send them.</summary>
    private static async Task<TimeSpan> CopyAsync(NpgsqlConnection connection)
    {
        const string export = $"COPY (SELECT {Columns} FROM record WHERE publication > (SELECT coalesce(max(publication), 0) FROM raw_copy) ORDER BY publication, index) TO STDOUT (FORMAT BINARY)";
        using var rows = new MemoryStream();
        await using (var stream = await connection.BeginRawBinaryCopyAsync(export)) await stream.CopyToAsync(rows);
        rows.Position = 0;

        long start = Stopwatch.GetTimestamp();
        await using (var stream = await connection.BeginRawBinaryCopyAsync($"COPY raw_copy ({Columns}) FROM STDIN (FORMAT BINARY)")) await rows.CopyToAsync(stream);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>A year of tracks, of 500 objects in turn: four figures every 30 s.</summary>
    private static async IAsyncEnumerable<SealedRecord> ObserveAsync(int first, int rows)
    {
        var label = LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
        var begin = Utc.FromDateTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var random = new Random(first);
        for (int i = first; i < first + rows; i++)
        {
            var observation = new Observation(Sensor, begin.PlusSeconds(i * 30.0), 800 + 3_000 * random.NextDouble(), Math.Tau * random.NextDouble(),
                Math.PI / 2 * random.NextDouble(), 7 * random.NextDouble(), (10_000 + i / 100 % 500).ToString(CultureInfo.InvariantCulture));
            yield return RecordFactory.Seal(observation, Partner, label);
        }
        await Task.CompletedTask;
    }
}
