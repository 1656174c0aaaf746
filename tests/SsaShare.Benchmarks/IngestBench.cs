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
/// binary COPY of the very same rows, by one connection in one transaction, into a table with the same columns, checks and indexes that is not partitioned.
/// </summary>
public static class IngestBench
{
    private static readonly PartnerId Partner = PartnerId.Parse("atlantic");
    private static readonly SensorId Sensor = SensorId.Parse("ascension-354");

    /// <param name="args"><c>--rows N</c> (default 1,000,000) and <c>--rounds N</c> (default 1; the median counts), each round in a new database.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int rows = Option(args, "--rows", 1_000_000), rounds = Option(args, "--rounds", 1);
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        await using var cluster = await PrivateCluster.StartAsync(folder);
        var measured = new List<(double Ingest, double Copy)>();
        for (int round = 1; round <= rounds; round++)
        {
            var connections = await cluster.CreateDatabaseAsync($"round{round}");
            await NodeStore.MigrateAsync(connections.Owner, connections.AppRole, CancellationToken.None);
            await using var source = NpgsqlDataSource.Create(connections.Owner);
            double ingest = rows / await TimeIngestAsync(connections.App, rows);
            double copy = rows / await TimeCopyAsync(source, rows);
            measured.Add((ingest, copy));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: ingest {ingest:F0} rows/s, copy {copy:F0} rows/s, ratio {ingest / copy:F3}"));
        }

        var median = measured.OrderBy(pair => pair.Ingest / pair.Copy).ElementAt(measured.Count / 2);
        Console.WriteLine($"The raw COPY's table has the columns, checks, primary key (id, class, epoch_ns) and index (publication, index) of the record table, and no partitions.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT ingest_rows_per_s {median.Ingest:F0} rows/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT copy_rows_per_s {median.Copy:F0} rows/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT ingest_vs_copy {median.Ingest / median.Copy:F3} ratio"));
        double restMegabytes = await NodeRest.MeasureMegabytesAsync(cluster, folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT node_rest_mb {restMegabytes:F0} MB"));
        await cluster.DisposeAsync();
        PrivateCluster.Delete(folder);
        Directory.Delete(folder);
        return 0;
    }

    private static async Task<double> TimeIngestAsync(string app, int rows)
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        await using var host = new ServiceCollection().AddStorage(app).BuildServiceProvider();
        var publisher = new Publisher(host.GetRequiredService<IPublicationStore>(), Partner, key, TimeProvider.System);
        long start = Stopwatch.GetTimestamp();
        var summary = await publisher.PublishAsync(ObserveAsync(rows), CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return summary == new PublishSummary(rows, 0) ? seconds : throw new InvalidOperationException($"Expected {rows} records stored, got {summary}.");
    }

    /// <summary>The rows leave the database as COPY's own bytes and enter again: the client does nothing but send them.</summary>
    private static async Task<double> TimeCopyAsync(NpgsqlDataSource source, int rows)
    {
        const string columns = "id, class, epoch_ns, publication, index, salt, label, regime, sensor, object_tag, payload";
        await using var connection = await source.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand("CREATE TABLE raw_copy (LIKE record INCLUDING ALL)", connection)) await create.ExecuteNonQueryAsync();
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var export = await connection.BeginRawBinaryCopyAsync($"COPY (SELECT {columns} FROM record ORDER BY publication, index) TO STDOUT (FORMAT BINARY)")) await export.CopyToAsync(file);
        file.Position = 0;

        long start = Stopwatch.GetTimestamp();
        await using (var import = await connection.BeginRawBinaryCopyAsync($"COPY raw_copy ({columns}) FROM STDIN (FORMAT BINARY)")) await file.CopyToAsync(import);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await using var count = new NpgsqlCommand("SELECT count(*) FROM raw_copy", connection);
        return (long)(await count.ExecuteScalarAsync())! == rows ? seconds : throw new InvalidOperationException("The raw copy lost rows.");
    }

    /// <summary>A year of tracks: four figures each second, of 500 objects in turn.</summary>
    private static async IAsyncEnumerable<SealedRecord> ObserveAsync(int rows)
    {
        var label = LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
        var begin = Utc.FromDateTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var random = new Random(42);
        for (int i = 0; i < rows; i++)
        {
            var observation = new Observation(Sensor, begin.PlusSeconds(i * 30), 800 + 3_000 * random.NextDouble(), Math.Tau * random.NextDouble(),
                Math.PI / 2 * random.NextDouble(), 7 * random.NextDouble(), (10_000 + i / 100 % 500).ToString(CultureInfo.InvariantCulture));
            yield return RecordFactory.Seal(observation, Partner, label);
        }
        await Task.CompletedTask;
    }

    private static int Option(string[] args, string name, int otherwise)
        => Array.IndexOf(args, name) is var i && i >= 0 ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : otherwise;
}
