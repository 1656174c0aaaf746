using System.Diagnostics;
using System.Globalization;
using SsaShare.Exchange;

namespace SsaShare.Benchmarks;

/// <summary>
/// One node that gives all that it publishes to twenty others: what a record stored at a reader costs with one reader and with twenty, and how much
/// longer nineteen take when the twentieth misbehaves. With and without take turns.
/// </summary>
internal static class PeersPart
{
    private const int Readers = 20, RecordsDefault = 20_000, RoundsDefault = 3, WarmUp = 2 * PublicationDocument.SizeMax;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(ExchangeBenchOptions options)
    {
        int records = options.Records ?? RecordsDefault;
        string folder = Directory.CreateTempSubdirectory("ssa-bench-").FullName;
        try
        {
            await using var federation = await BenchFederation.CreateAsync(folder, Readers + 1, Enumerable.Range(1, Readers).Select(reader => (0, reader)), bothWays: false);
            await using var peers = new Peers(federation, await PublishingNode.StartAsync(federation.Folders[0]));
            await peers.StartUpToAsync(1);
            await peers.ExchangeAsync(WarmUp, 1);
            var one = await peers.ExchangeAsync(records, 1);
            await peers.StartUpToAsync(Readers);
            await peers.ExchangeAsync(WarmUp, Readers);
            var twenty = await peers.ExchangeAsync(records, Readers);
            Say($"1 reader: {one.ProcessorS * 1e6 / records:F1} processor s per million stored, {records / one.WallS:F0} rows/s; {Readers}: {twenty.ProcessorS * 1e6 / records / Readers:F1}, {(double)records * Readers / twenty.WallS:F0} rows/s");
            Say($"RESULT cost_20_vs_1_peers {twenty.ProcessorS / Readers / one.ProcessorS:F3} ratio");
            await MeasureFairnessAsync(peers, records, options.Rounds ?? RoundsDefault);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureFairnessAsync(Peers peers, int records, int rounds)
    {
        await peers.StopLastAsync();
        var ratios = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            // Which comes first changes, because the stores grow.
            double aloneS = round % 2 == 0 ? (await peers.ExchangeAsync(records, Readers - 1)).WallS : 0;
            double withBadS;
            await using (await peers.MisbehaveAsync()) withBadS = (await peers.ExchangeAsync(records, Readers - 1)).WallS;
            if (round % 2 == 1) aloneS = (await peers.ExchangeAsync(records, Readers - 1)).WallS;
            ratios.Add(withBadS / aloneS);
            Say($"round {round + 1}: {Readers - 1} readers take {aloneS:F1} s, with a bad one beside them {withBadS:F1} s; the provider has {peers.ProviderMegabytes:F0} MB at most");
        }
        Say($"RESULT fairness_19_with_bad_peer_ratio {ratios.Order().ElementAt(ratios.Count / 2):F3} ratio");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The provider, and the readers that run.</summary>
    private sealed class Peers(BenchFederation federation, PublishingNode provider) : IAsyncDisposable
    {
        private readonly List<BenchNode> _readers = [];
        private int _published;

        public double ProviderMegabytes => ProcessMemory.ReadMegabytes(provider.ProcessId, "VmHWM");

        public async Task StartUpToAsync(int readers)
        {
            while (_readers.Count < readers)
            {
                _readers.Add(await BenchNode.StartAsync(federation.Folders[_readers.Count + 1].Path));
                await federation.WaitForRecordsAsync(_readers.Count, _published, Longest);
            }
        }

        public async Task StopLastAsync()
        {
            await _readers[^1].DisposeAsync();
            _readers.RemoveAt(_readers.Count - 1);
        }

        /// <summary>The peer that has stopped as a bad one.</summary>
        public Task<BadPeer> MisbehaveAsync() => BadPeer.StartAsync(federation.Folders[Readers], federation.Folders[0], federation.Agreements[(0, Readers)]);

        /// <summary>Publishes, and waits until so many readers have it all.</summary>
        public async Task<(double ProcessorS, double WallS)> ExchangeAsync(int records, int readers)
        {
            await provider.PrepareAsync(_published, records);
            _published += records;
            double usedS = UsedS();
            long begin = Stopwatch.GetTimestamp();
            Task[] stored = [.. Enumerable.Range(1, readers).Select(reader => federation.WaitForRecordsAsync(reader, _published, Longest))];
            await provider.PublishAsync();
            await Task.WhenAll(stored);
            return (UsedS() - usedS, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var reader in _readers) await reader.DisposeAsync();
            await provider.DisposeAsync();
        }

        private double UsedS() => ProcessorTime.ReadS([("databases", federation.ServerProcessId), ("provider", provider.ProcessId), .. _readers.Select(reader => ("reader", reader.ProcessId))]).Sum();
    }
}
