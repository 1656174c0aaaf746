using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>
/// A whole exchange, from the provider's database over gRPC and mutual TLS into the reader's, with all checks, under an agreement of 50 clauses and under one of one
/// clause: both give the whole feed. Rounds take turns, each with a reader that has nothing yet.
/// </summary>
internal static class ExchangeRounds
{
    private const int Rounds = 5, Objects = 500;

    /// <returns>Median over pairs of rounds of the conditional rate over the unconditional one.</returns>
    public static async Task<double> MeasureAsync(int records)
    {
        string root = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var cluster = await PrivateCluster.StartAsync(Path.Combine(root, "postgres"));
            await using var provider = await BuildAsync(cluster, root, "pacific", 7_198);
            await provider.App.StartAsync();
            await provider.App.Services.GetRequiredService<Publisher>().PublishAsync(ObserveAsync(records), CancellationToken.None);
            var ratios = new List<double>();
            for (int round = 0; round <= Rounds; round++)
            {
                // Which of the two comes first changes from round to round.
                double conditional = 0, unconditional = 0;
                foreach (bool first in new[] { true, false })
                {
                    if (first == (round % 2 == 0)) conditional = await PullAllAsync(cluster, root, provider.App.Services, BenchAgreements.FiftyClausesForTheWholeFeed(Objects), 2 * round, records);
                    else unconditional = await PullAllAsync(cluster, root, provider.App.Services, BenchAgreements.Unconditional(), 2 * round + 1, records);
                }
                if (round == 0) continue;
                ratios.Add(conditional / unconditional);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: 50 clauses {conditional:F0} records/s, one clause {unconditional:F0} records/s"));
            }
            await provider.App.StopAsync();
            return ratios.Order().ElementAt(Rounds / 2);
        }
        finally
        {
            PrivateCluster.Delete(Path.Combine(root, "postgres"));
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>One exchange of the whole feed, then something with both nodes' services.</summary>
    public static async Task RunOnceAsync(int records, Func<IServiceProvider, IServiceProvider, Task> then)
    {
        string root = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var cluster = await PrivateCluster.StartAsync(Path.Combine(root, "postgres"));
            await using var provider = await BuildAsync(cluster, root, "pacific", 7_198);
            await provider.App.StartAsync();
            await provider.App.Services.GetRequiredService<Publisher>().PublishAsync(ObserveAsync(records), CancellationToken.None);
            await using var node = await BuildAsync(cluster, root, "reader", 7_300);
            await PullAllAsync(provider.App.Services, node.App.Services, BenchAgreements.Document(BenchAgreements.Unconditional(), "reader"), records);
            await then(provider.App.Services, node.App.Services);
            await provider.App.StopAsync();
        }
        finally
        {
            PrivateCluster.Delete(Path.Combine(root, "postgres"));
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<NodeApplication> BuildAsync(PrivateCluster cluster, string root, string partner, int port)
    {
        var folder = new NodeFolder(Path.Combine(root, partner));
        NodeIdentity.Create(folder, PartnerId.Parse(partner), partner, new Uri($"https://127.0.0.1:{port}"), TimeProvider.System.GetUtcNow()).Dispose();
        var database = await cluster.CreateDatabaseAsync(partner.Replace('-', '_'));
        return await NodeHost.BuildAsync(folder, [new("Database:App", database.App), new("Database:Owner", database.Owner), new("Logging:LogLevel:Default", "Error")], "node", null, null, CancellationToken.None);
    }

    /// <summary>Records per second until a new reader has the whole feed under these clauses.</summary>
    private static async Task<double> PullAllAsync(PrivateCluster cluster, string root, IServiceProvider provider, string clauses, int number, int records)
    {
        string partner = $"reader-{number}";
        // Built and not started: the loop below is its only work.
        await using var node = await BuildAsync(cluster, root, partner, 7_300 + number);
        return await PullAllAsync(provider, node.App.Services, BenchAgreements.Document(clauses, partner), records);
    }

    private static async Task<double> PullAllAsync(IServiceProvider provider, IServiceProvider reader, string agreement, int records)
    {
        var entry = await BenchPeering.AgreeAsync(provider, reader, agreement);
        var loop = ActivatorUtilities.CreateInstance<PullLoop>(reader, entry, BenchAgreements.Provider, new PeerPipelineOptions(), new PullOptions { WaitMax = TimeSpan.Zero }, NullLogger.Instance);
        long start = Stopwatch.GetTimestamp();
        while ((await reader.GetRequiredService<IRecordReader>().CountAsync(CancellationToken.None)).Sum(count => count.Count) < records)
            if (!await loop.PullOnceAsync(CancellationToken.None)) throw new InvalidOperationException($"{entry.Agreement.Id}: an answer was refused.");
        return records / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Tracks of 500 objects in turn: four figures every 30 s.</summary>
    private static async IAsyncEnumerable<SealedRecord> ObserveAsync(int records)
    {
        var label = LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
        var (sensor, begin, random) = (SensorId.Parse("KAENA-POINT"), BenchAgreements.At(2026, 1), new Random(7));
        for (int i = 0; i < records; i++)
            yield return RecordFactory.Seal(new Observation(sensor, begin.PlusSeconds(i * 30.0), 800 + 3_000 * random.NextDouble(), Math.Tau * random.NextDouble(), Math.PI / 2 * random.NextDouble(),
                7 * random.NextDouble(), (10_000 + i / 100 % Objects).ToString(CultureInfo.InvariantCulture)), BenchAgreements.Provider, label);
        await Task.CompletedTask;
    }
}
