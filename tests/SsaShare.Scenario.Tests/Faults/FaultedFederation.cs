using System.Text.Json;
using SsaShare.Formats;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>Five nodes behind proxies, each of which has an agreement of another kind with each other; two have their databases on a server that can be stopped.</summary>
internal sealed class FaultedFederation(TestCluster cluster) : IAsyncDisposable
{
    private static readonly string[] Names = ["atlantic", "pacific", "caribbean", "arctic", "baltic"], Tags = ["5398", "7734", "25544", "40001"];
    private static readonly KeyValuePair<string, string>[] Quick = [new("Witness:Interval", "00:00:01"), new("Witness:RetryDelayMax", "00:00:01"), new("Pull:RecordsMax", "200")];
    private readonly List<FaultedNode> _nodes = [];
    private readonly List<Flow> _flows = [];

    public ScenarioFederation Federation { get; } = new(cluster);
    public IReadOnlyList<FaultedNode> Nodes => _nodes;
    public IReadOnlyCollection<Flow> Flows => _flows;
    public Acknowledgements Acknowledged { get; } = new();
    public FaultServer Server { get; private set; } = null!;

    public async Task StartAsync()
    {
        Server = await FaultServer.StartAsync();
        foreach (string name in Names)
        {
            int listen = FreePort.Next();
            var database = name is "arctic" or "baltic" ? await Server.CreateDatabaseAsync(name) : await cluster.CreateDatabaseAsync();
            var node = Federation.Add(name, database, listen, Quick);
            _nodes.Add(new FaultedNode(node, new FaultProxy(node.Card.Card.Endpoint.Port, listen)));
        }
        await Federation.StartAsync();
        foreach (var (node, _) in _nodes)
        {
            await node.PublishSensorsAsync("RADAR");
            await Acknowledged.AddSensorsAsync(node);
        }
        for (int i = 0; i < _nodes.Count; i++)
            for (int j = i + 1; j < _nodes.Count; j++) await AgreeAsync(_nodes[i].Node, _nodes[j].Node, i + j);
    }

    /// <summary>A file of a few observations of every object, from the node's own sensor.</summary>
    public static TdmFile NextFile(Random random)
        => TdmFile.Mixed(random, [.. Tags.Select(tag => ("RADAR", tag, random.Next(1, 11)))]);

    /// <summary>A notice that nobody else writes, about one object.</summary>
    public static byte[] NextNotice(Random random)
        => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["format"] = NoticeFile.EventFormat, ["kind"] = "anomaly", ["epoch"] = "2026-11-22T12:00:00Z", ["object_tags"] = new[] { Tags[random.Next(Tags.Length)] },
            ["confidence"] = random.NextDouble(), ["text"] = $"Number {random.NextInt64()}.",
        });

    public async ValueTask DisposeAsync()
    {
        await Federation.DisposeAsync();
        foreach (var node in _nodes) await node.Proxy.DisposeAsync();
        if (Server is not null) await Server.DisposeAsync();
    }

    /// <summary>Every pair leaves out another object, and is strict in another way.</summary>
    private async Task AgreeAsync(ScenarioNode one, ScenarioNode other, int kind)
    {
        string never = Tags[kind % Tags.Length], granted = string.Join(", ", Tags.Where(tag => tag != never));
        bool passesOn = one == _nodes[0].Node && other == _nodes[1].Node, isPassedOn = one == _nodes[1].Node && other == _nodes[2].Node;
        string terms = kind switch
        {
            2 or 6 => "receipts: required",
            4 => $"witness_quorum: 1\nwitnesses: [{string.Join(", ", Names)}]",
            _ => "",
        };
        string delay = kind == 5 ? ", delay: 2s" : "", onward = passesOn ? $", onward: named, onward_to: [{_nodes[2].Node.Partner}]" : "";
        string relayed = isPassedOn ? $"\n  - {{id: relayed, from: [{one.Partner}], originators: [{_nodes[0].Node.Partner}], record_classes: [observation, event_notice], objects: [{Tags[0]}], max_level: partners_only, purposes: [research]}}" : "";
        var agreement = await ScenarioFederation.AgreeAsync(Yaml.Of(one.Partner.Value, other.Partner.Value, $$"""
            {{terms}}
            grants:
              - {id: sensors, record_classes: [sensor], max_level: partners_only, purposes: [research]{{delay}}}
              - {id: some, record_classes: [observation, event_notice], objects: [{{granted}}], max_level: partners_only, purposes: [research]{{delay}}{{onward}}}{{relayed}}
            """, $"Kind {kind}"), one, other);
        _flows.AddRange(Flow.Both(one, other, agreement, record => record.Tag is null || record.Tag != never));
        if (isPassedOn) _flows.Add(new Flow(one, other, agreement, record => record.Originator == _nodes[0].Node && record.Tag == Tags[0]));
    }
}
