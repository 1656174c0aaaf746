using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench log`: single appends per second of 16 writers, each of which waits until its entry is durable, beside plain commits that are flushed to
/// disk one by one; appends in bulk beside a raw binary COPY of the same rows; then, with as many entries, how long a real node
/// process takes to start, its first checkpoint signed, and how much memory.
/// </summary>
public static class LogBench
{
    private const int Writers = 16, BulkSize = 20_000, ComparedParts = 10;
    private static readonly TimeSpan SinglesTime = TimeSpan.FromSeconds(10);
    private static readonly PartnerId Peer = PartnerId.Parse("pacific");
    private static readonly AgreementId Agreement = new(Hash256.Of("agreement"u8));

    /// <param name="args"><c>--entries N</c>, default 10,000,000: entries of the log that the node starts with.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        long entries = args is ["--entries", { } text] ? long.Parse(text, CultureInfo.InvariantCulture) : 10_000_000;
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var cluster = await PrivateCluster.StartAsync(folder);
            var database = await cluster.CreateDatabaseAsync("bench");
            string node = Path.Combine(folder, "node");
            await BenchNode.InitAsync(node, database);
            double emptyS, emptyMegabytes;
            await using (await BenchNode.StartAsync(node)) { }          // Migrates.
            await using (var started = await BenchNode.StartAsync(node)) (emptyS, emptyMegabytes) = (started.Start.TotalSeconds, started.ReadMegabytes("VmHWM"));
            await MeasureAppendsAsync(database, entries);
            Say($"Head, its root from the tiles, and the root at half its size: {(await OpenAsync(database)).TotalMilliseconds:F0} ms");
            await using var full = await BenchNode.StartAsync(node);
            Say($"The same node with a log that was all but empty: {emptyS:F2} s, {emptyMegabytes:F0} MB");
            Say($"RESULT log_start_10m_s {full.Start.TotalSeconds:F2} s");
            Say($"RESULT log_start_10m_mb {full.ReadMegabytes("VmHWM"):F0} MB");
        }
        finally
        {
            PrivateCluster.Delete(folder);
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static async Task MeasureAppendsAsync(DatabaseConnections database, long entries)
    {
        await using var host = new ServiceCollection().AddStorage(database.App).BuildServiceProvider();
        await using var owner = NpgsqlDataSource.Create(database.Owner);
        var log = host.GetRequiredService<INodeLog>();
        await AppendSinglesAsync(log, TimeSpan.FromSeconds(5));       // Warms up.
        double commits = await CommitPlainAsync(owner), singles = await AppendSinglesAsync(log, SinglesTime);
        Say($"plain commits, one after the other: {commits:F0} commits/s");
        Say($"RESULT log_appends_per_s_16 {singles:F0} appends/s");
        Say($"RESULT log_appends_vs_commits {singles / commits:F2} ratio");

        await CompareWithCopyAsync(log, owner);
        long size = (await log.GetHeadAsync(CancellationToken.None)).Size, start = Stopwatch.GetTimestamp(), first = size;
        for (; size < entries; size += BulkSize) await log.AppendAsync(Events((int)Math.Min(BulkSize, entries - size)), CancellationToken.None);
        if (size > first) Say($"{size - first} entries more in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s: {(size - first) / Stopwatch.GetElapsedTime(start).TotalSeconds:F0} appends/s");
    }

    /// <summary>What a start asks of the log, on connections of its own.</summary>
    private static async Task<TimeSpan> OpenAsync(DatabaseConnections database)
    {
        await using var host = new ServiceCollection().AddStorage(database.App).BuildServiceProvider();
        var log = host.GetRequiredService<INodeLog>();
        long start = Stopwatch.GetTimestamp();
        var head = await log.GetHeadAsync(CancellationToken.None);
        if (await log.GetRootAsync(head.Size, CancellationToken.None) != head.Root) throw new InvalidOperationException("The tiles give another root than the head has.");
        await log.GetRootAsync(head.Size / 2, CancellationToken.None);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <returns>Appends per second.</returns>
    private static async Task<double> AppendSinglesAsync(INodeLog log, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp(), before = (await log.GetHeadAsync(CancellationToken.None)).Size;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < time) await log.AppendAsync(Events(1), CancellationToken.None);
        })));
        return ((await log.GetHeadAsync(CancellationToken.None)).Size - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>One row in each transaction of one connection: what every append would cost if it were made durable by itself.</summary>
    private static async Task<double> CommitPlainAsync(NpgsqlDataSource owner)
    {
        await using var connection = await owner.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand("CREATE TABLE plain_commit (body bytea)", connection)) await create.ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO plain_commit VALUES ($1)", connection) { Parameters = { new() { Value = Events(1)[0].Body.ToArray() } } };
        await insert.PrepareAsync();
        long start = Stopwatch.GetTimestamp();
        int commits = 0;
        for (; Stopwatch.GetElapsedTime(start) < SinglesTime; commits++) await insert.ExecuteNonQueryAsync();
        return commits / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Bulk appends and COPY of the same rows into a table with the same columns, checks and indexes take turns.</summary>
    private static async Task CompareWithCopyAsync(INodeLog log, NpgsqlDataSource owner)
    {
        await using var connection = await owner.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand("CREATE TABLE raw_copy (LIKE log_entry INCLUDING ALL)", connection)) await create.ExecuteNonQueryAsync();
        TimeSpan append = default, copy = default;
        for (int part = 0; part <= ComparedParts; part++)
        {
            var events = Events(BulkSize);
            long start = Stopwatch.GetTimestamp(), first = await log.AppendAsync(events, CancellationToken.None);
            var (appendTook, copyTook) = (Stopwatch.GetElapsedTime(start), await CopyAsync(connection, first));
            if (part > 0) (append, copy) = (append + appendTook, copy + copyTook);
        }
        Say($"RESULT log_bulk_appends_per_s {BulkSize * ComparedParts / append.TotalSeconds:F0} appends/s");
        Say($"RESULT log_bulk_vs_copy {copy / append:F2} ratio");
        await using var drop = new NpgsqlCommand("DROP TABLE raw_copy, plain_commit", connection);
        await drop.ExecuteNonQueryAsync();
    }

    /// <summary>Rows leave the log as COPY's own bytes: the client does nothing but send them.</summary>
    private static async Task<TimeSpan> CopyAsync(NpgsqlConnection connection, long first)
    {
        using var rows = new MemoryStream();
        await using (var stream = await connection.BeginRawBinaryCopyAsync(string.Create(CultureInfo.InvariantCulture, $"COPY (SELECT * FROM log_entry WHERE index >= {first} ORDER BY index) TO STDOUT (FORMAT BINARY)")))
            await stream.CopyToAsync(rows);
        rows.Position = 0;
        long start = Stopwatch.GetTimestamp();
        await using (var stream = await connection.BeginRawBinaryCopyAsync("COPY raw_copy FROM STDIN (FORMAT BINARY)")) await rows.CopyToAsync(stream);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Each of 256 bytes, of a peer and an agreement.</summary>
    private static LogEvent[] Events(int count)
        => [.. Enumerable.Range(0, count).Select(_ => new LogEvent(LogKinds.Refusal, new byte[256]) { Peer = Peer, Agreement = Agreement })];

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
