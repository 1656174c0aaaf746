using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Net.Client;
using SsaShare.Domain;
using SsaShare.Protocol;
using SsaShare.Protocol.Catalog.V1;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Fusion;

/// <summary>One partner and a fusion service, both telling a collector what they do; real observations of one radar published and fused.</summary>
public sealed class FusionFixture(TestCluster cluster) : IAsyncLifetime
{
    private readonly ScenarioFederation _federation = new(cluster);
    private TraceCollector _collector = null!;
    private GrpcChannel _channel = null!;

    public ScenarioNode Partner { get; private set; } = null!;
    public ScenarioNode Fusion { get; private set; } = null!;
    public IReadOnlyCollection<ExportedSpan> Spans => _collector.Spans;

    public async ValueTask InitializeAsync()
    {
        _collector = await TraceCollector.StartAsync();
        KeyValuePair<string, string>[] telemetry = [new("Otlp:Endpoint", _collector.Endpoint.ToString()), new("Otlp:Protocol", "http/protobuf")];
        Partner = await _federation.AddAsync("atlantic", settings: telemetry);
        Fusion = await _federation.AddAsync("fusion", "fusion", settings: telemetry);
        _channel = Partner.OpenAsOperator(Fusion);
        await _federation.StartAsync();
        await ScenarioFederation.AgreeAsync(Yaml.Everything("atlantic", "fusion"), Partner, Fusion);
        await PublishAsync("ascension.json", "atlantic", "ascension-1996-12.tdm");
        await WaitFusedAsync();
    }

    /// <summary>Publishes a radar's description, as the partner's own, and its observations.</summary>
    public async Task PublishAsync(string sensor, string folder, string observations)
    {
        var description = JsonNode.Parse(Seeds.Read("sensors", sensor))!;
        description["owner"] = Partner.Partner.Value;
        var answer = await Partner.Admin.PublishSensorsAsync(new() { FileName = sensor, Content = ByteString.CopyFromUtf8(description.ToJsonString()), Label = LabelCodec.ToWire(ScenarioNode.Label) });
        Assert.Empty(answer.Issues);
        byte[] content = Seeds.Read("observations", folder, observations);
        var published = await Partner.PublishAsync(new TdmFile(observations, content, Encoding.UTF8.GetString(content).Split("RANGE = ").Length - 1));
        Assert.Equal(0, published.RefusedCount);
    }

    /// <summary>Until all that the partner has published is in the catalog.</summary>
    public async Task WaitFusedAsync()
    {
        long published = await Partner.ScalarAsync<long>("SELECT count(*) FROM record");
        await Eventually.IsAsync(() => Fusion.ScalarAsync<long>("SELECT count(*) FROM record"), count => count == published, "records at the fusion service");
        long since = Utc.FromDateTime(TimeProvider.System.GetUtcNow()).NanosecondsSinceJ2000;
        await Eventually.TrueAsync(async () => await Catalog.GetCatalogStatusAsync(new()) is { PendingRecordCount: 0, CurrentAsOf: { } current } && current.NanosecondsSinceJ2000 >= since, "records fused");
    }

    /// <summary>Objects with how many observations each has, as the partner sees them.</summary>
    public async Task<SortedDictionary<string, int>> ObjectsAsync()
    {
        var objects = (await Catalog.ListObjectsAsync(new())).Objects;
        return new SortedDictionary<string, int>(objects.ToDictionary(one => one.ObjectId, one => one.ObservationCount), StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _federation.DisposeAsync();
        if (_collector is not null) await _collector.DisposeAsync();
    }

    private CatalogService.CatalogServiceClient Catalog => new(_channel);
}
