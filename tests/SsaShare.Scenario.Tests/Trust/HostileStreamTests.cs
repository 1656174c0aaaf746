using System.Globalization;
using Microsoft.AspNetCore.Http;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>A provider whose answers swell or never end: each is cut off in bounded memory, the next is asked for, and others are served meanwhile.</summary>
public sealed class HostileStreamTests(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>An answer as it came, decompressed and as objects, of the 64 MiB that an answer may have.</summary>
    private const long GrowthKbMax = 3 * 64 * 1024;
    private const int CallsPerAttack = 2;
    private static readonly KeyValuePair<string, string>[] Impatient = [new("Peers:CallTimeout", "00:00:02"), new("Pull:WaitMax", "00:00:00.500")];
    private readonly ScenarioFederation _federation = new(cluster);
    private ScenarioNode _node = null!, _honest = null!;
    private ActingPartner _hostile = null!;
    private HostileProvider _server = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await _federation.AddAsync("atlantic", settings: Impatient);
        _honest = await _federation.AddAsync("pacific");
        _hostile = ActingPartner.Create(_federation.Root, "caribbean");
        _server = await HostileProvider.StartAsync(_hostile, _hostile.Identity.TlsCertificate);
        await _federation.StartAsync();
        await _node.PinAsync(_hostile.Card);
        await _honest.PublishSensorsAsync("RADAR");
    }

    [Fact]
    public async Task Answers_ThatSwellOrNeverEnd_AreCutOffAndOthersAreServed()
    {
        var random = new Random(Seed.Next());
        await ScenarioFederation.AgreeAsync(Yaml.Everything("pacific", "atlantic"), _honest, _node);
        (string Name, Func<HttpContext, Task> Answer)[] attacks =
        [
            ("compression bomb", HostileStreams.Bomb()), ("huge message", HostileStreams.HugeAsync), ("messages without end", HostileStreams.ManyAsync),
            ("one byte at a time", HostileStreams.DripAsync), ("silence", HostileStreams.SilenceAsync), ("headers of a megabyte", HostileStreams.HeadersAsync),
        ];
        _server.Raw = attacks[0].Answer;
        await _hostile.AgreeAsync(_node, Yaml.Everything("caribbean", "atlantic"));
        long expected = 1;
        var wrong = new List<string>();
        foreach (var (name, answer) in attacks)
        {
            _server.Raw = answer;
            await ForgetPeakAsync();
            long before = PeakKb();
            int calls = _server.RawCalls;
            expected += (await _honest.PublishAsync(TdmFile.Random(100, random))).AcceptedCount;
            await Eventually.IsAsync(() => _node.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == expected, $"records of the honest partner during: {name}");
            // The call after the first says that the first was ended by the node, not by its provider.
            await Eventually.TrueAsync(() => Task.FromResult(_server.RawCalls > calls + CallsPerAttack), $"the node asks again after: {name}", () => string.Join('\n', _node.Process.Lines.TakeLast(5)));
            if (PeakKb() - before is var growth and > GrowthKbMax) wrong.Add($"{name}: {growth} KiB");
        }
        Assert.Empty(wrong);
        Assert.Equal(0L, await _node.ScalarAsync<long>("SELECT (SELECT count(*) FROM inbox WHERE provider = 'caribbean') + (SELECT count(*) FROM publication WHERE provider = 'caribbean')"));
    }

    public async ValueTask DisposeAsync()
    {
        _server.Raw = null;
        await _federation.DisposeAsync();
        await _server.DisposeAsync();
        _hostile.Dispose();
    }

    /// <summary>Lets the kernel count the peak anew: proc(5), clear_refs.</summary>
    private Task ForgetPeakAsync() => File.WriteAllTextAsync($"/proc/{_node.Process.Id}/clear_refs", "5", TestContext.Current.CancellationToken);

    private long PeakKb()
        => long.Parse(File.ReadLines($"/proc/{_node.Process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
