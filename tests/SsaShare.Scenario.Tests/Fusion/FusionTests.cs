namespace SsaShare.Scenario.Tests.Fusion;

/// <summary>The fusion service over kills, and one trace through the federation.</summary>
public sealed class FusionTests(FusionFixture federation) : IClassFixture<FusionFixture>
{
    private const string Associations = "SELECT encode(record, 'hex') || ' ' || object FROM association ORDER BY 1";

    [Fact]
    public async Task Trace_FromPublishToFusedUpdate_IsOne()
    {
        Assert.All(await TracesAsync(), trace => Assert.Matches("^[0-9a-f]{32}$", trace));
    }

    [Fact]
    public async Task Service_KilledAfterAndWhileFusing_KeepsObjectsAndCountsNothingTwice()
    {
        var random = new Random(Seed.Next());
        // A process that is killed takes its spans with it, and the other test looks for them.
        await TracesAsync();
        var before = (await federation.ObjectsAsync(), await federation.Fusion.ColumnAsync<string>(Associations));
        Assert.NotEmpty(before.Item1);
        Assert.NotEmpty(before.Item2);
        await RestartAsync();
        await federation.WaitFusedAsync();
        Assert.Equal(before.Item1, await federation.ObjectsAsync());
        Assert.Equal(before.Item2, await federation.Fusion.ColumnAsync<string>(Associations));

        // A second radar's observations arrive while the service is killed again and again.
        await federation.PublishAsync("antigua.json", "caribbean", "antigua-1996-12.tdm");
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(random.Next(1_500));
            await RestartAsync();
        }
        await federation.WaitFusedAsync();
        var after = await federation.ObjectsAsync();
        Assert.Subset(after.Keys.ToHashSet(), before.Item1.Keys.ToHashSet());
        Assert.True(after.Values.Sum() > before.Item1.Values.Sum(), "The second radar's observations are in the catalog.");
        Assert.True(after.Values.Sum() <= await federation.Fusion.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"), "No observation counts twice.");
        Assert.Equal(0L, await federation.Fusion.ScalarAsync<long>("SELECT count(*) FROM association a WHERE NOT EXISTS (SELECT FROM record r WHERE r.id = a.record)"));
        await Ledger.AssertSoundAsync(federation.Fusion, checkpoints: false);

        await RestartAsync();
        await federation.WaitFusedAsync();
        Assert.Equal(after, await federation.ObjectsAsync());
    }

    /// <summary>Traces that go all the way. A span leaves its process with the next export, some seconds after it ended.</summary>
    private Task<List<string>> TracesAsync()
        => Eventually.IsAsync(
            () => Task.FromResult(Chains()), chains => chains.Count > 0, "a trace that goes from publish through exchange.accept to fusion.update", () => string.Join('\n', federation.Spans.Select(span => $"{span.Instance} {span.Name} {span.TraceId}").Distinct()));

    private async Task RestartAsync()
    {
        await federation.Fusion.Process.KillAsync();
        await federation.Fusion.Process.DisposeAsync();
        await federation.Fusion.StartAsync();
    }

    /// <summary>Traces with a publish at the partner, and an accept and an update at the fusion service that both descend from it.</summary>
    private List<string> Chains()
    {
        var spans = federation.Spans.ToList();
        bool Has(string trace, string instance, string name) => spans.Any(span => (span.TraceId, span.Instance, span.Name) == (trace, instance, name) && (name == "publish" || span.ParentSpanId.Length == 16));
        return [.. spans.Where(span => (span.Instance, span.Name) == ("atlantic", "publish")).Select(span => span.TraceId).Distinct()
            .Where(trace => Has(trace, "fusion", "exchange.accept") && (Has(trace, "fusion", "fusion.update")
                // An update of several publishings continues the newest and links to the others.
                || spans.Any(span => (span.Instance, span.Name) == ("fusion", "fusion.update") && span.LinkedTraceIds.Contains(trace))))];
    }
}
