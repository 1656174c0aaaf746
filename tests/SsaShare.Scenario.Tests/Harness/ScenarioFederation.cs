using Google.Protobuf;
using SsaShare.Peering;
using SsaShare.Protocol.Agreement.V1;
using SsaShare.Storage;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests;

/// <summary>Nodes as processes in a folder of their own, on the private cluster of this test process or on one of their own.</summary>
public sealed class ScenarioFederation(TestCluster cluster) : IAsyncDisposable
{
    private readonly List<ScenarioNode> _nodes = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("ssa-scenario-").FullName;
    public IReadOnlyList<ScenarioNode> Nodes => _nodes;

    /// <param name="partner">Partner id.</param>
    /// <param name="role">"node" or "fusion".</param>
    /// <param name="ownCluster">Lets the node start a private cluster in its folder.</param>
    /// <param name="settings">Further settings.</param>
    public async Task<ScenarioNode> AddAsync(string partner, string role = "node", bool ownCluster = false, params KeyValuePair<string, string>[] settings)
        => Add(ScenarioNode.Create(Root, partner, ownCluster ? null : await cluster.CreateDatabaseAsync(), role, settings));

    /// <summary>A node whose keys are others than those of most nodes here.</summary>
    public async Task<ScenarioNode> AddAsync(string partner, NewKeys keys, params KeyValuePair<string, string>[] settings)
        => Add(ScenarioNode.Create(Root, partner, await cluster.CreateDatabaseAsync(), "node", settings, keys));

    /// <summary>A node on a database that is given, and that listens elsewhere than its card says unless that is null.</summary>
    public ScenarioNode Add(string partner, DatabaseConnections database, int? listen, params KeyValuePair<string, string>[] settings)
        => Add(ScenarioNode.Create(Root, partner, database, "node", settings, listen: listen));

    /// <summary>Starts all nodes and pins every card at every node.</summary>
    public async Task StartAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.StartAsync()));
        foreach (var node in _nodes) await node.PinAsync(_nodes.Where(other => other != node).Select(other => other.Card));
    }

    /// <summary>Proposes at the first party, countersigns at the others, and waits until it is in force at all.</summary>
    /// <returns>The agreement's id.</returns>
    public static async Task<ByteString> AgreeAsync(string yaml, ScenarioNode proposer, params ScenarioNode[] others)
    {
        var id = (await proposer.Admin.ProposeAgreementAsync(new() { FileName = "agreement.yaml", Yaml = ByteString.CopyFromUtf8(yaml) })).AgreementId;
        foreach (var other in others)
        {
            await Eventually.TrueAsync(async () => await StateAsync(other, id) is not null, $"agreement at {other.Partner}");
            await other.Admin.SignAgreementAsync(new() { AgreementId = id });
        }
        foreach (var party in others.Prepend(proposer))
            await Eventually.TrueAsync(async () => await StateAsync(party, id) == AgreementState.Active, $"agreement in force at {party.Partner}");
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        foreach (var node in _nodes) await PrivateCluster.DeleteAsync(Path.Combine(node.Folder.Path, "postgres"));
        Directory.Delete(Root, recursive: true);
    }

    private ScenarioNode Add(ScenarioNode node)
    {
        _nodes.Add(node);
        return node;
    }

    private static async Task<AgreementState?> StateAsync(ScenarioNode node, ByteString id)
        => (await node.Admin.ListAgreementsAsync(new())).Agreements.FirstOrDefault(one => one.AgreementId == id)?.State;
}
