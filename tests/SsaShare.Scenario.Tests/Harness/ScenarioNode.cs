using System.Text.Json;
using Google.Protobuf;
using Grpc.Net.Client;
using Npgsql;
using SsaShare.Domain;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Signing;
using SsaShare.Storage;

namespace SsaShare.Scenario.Tests;

/// <summary>One partner's node: its folder, its process, which may be killed and started again, its operator's client and its database seen from outside.</summary>
public sealed class ScenarioNode : IAsyncDisposable
{
    public static readonly Label Label = new(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false);
    private readonly System.Security.Cryptography.X509Certificates.X509Certificate2 _operator;
    private readonly string[] _words;

    private ScenarioNode(NodeFolder folder, NodeIdentity identity, DatabaseConnections? database, string[] words, Passphrase? passphrase, int? listen)
    {
        (Folder, Identity, _words) = (folder, identity, words);
        Database = database is null ? null : NpgsqlDataSource.Create(database.Owner);
        _operator = KeyFile.ReadCertificate(folder.OperatorFile, passphrase);
        Channel = PinnedChannel.Open(identity.Card.Card, _operator, listen is { } port ? new Uri($"https://127.0.0.1:{port}") : null);
    }

    public NodeFolder Folder { get; }
    public NodeIdentity Identity { get; }
    public PartnerId Partner => Identity.Partner;
    public SignedNodeCard Card => Identity.Card;

    /// <summary>As the node's own operator.</summary>
    public GrpcChannel Channel { get; }
    public AdminService.AdminServiceClient Admin => new(Channel);
    public AuditService.AuditServiceClient Audit => new(Channel);

    /// <summary>A channel to another node as this node's operator; the caller disposes it.</summary>
    public GrpcChannel OpenAsOperator(ScenarioNode at) => PinnedChannel.Open(at.Card.Card, _operator);

    /// <summary>As the owner of the schema; null while it has a private cluster to which nobody has attached.</summary>
    public NpgsqlDataSource? Database { get; private set; }

    /// <summary>The process of the last start.</summary>
    public SsaProcess Process { get; private set; } = null!;

    /// <summary>Makes keys and settings; <see cref="StartAsync"/> runs it.</summary>
    /// <param name="root">Of the federation; the node gets a folder in it.</param>
    /// <param name="partner">Partner id.</param>
    /// <param name="database">Null for a private cluster of its own.</param>
    /// <param name="role">"node" or "fusion".</param>
    /// <param name="settings">Settings beyond those that every node here has.</param>
    /// <param name="keys">Null for P-256 in the clear.</param>
    /// <param name="listen">Port on which it listens, and its operator reaches it, when something else stands at the port of its card; null when nothing does.</param>
    internal static ScenarioNode Create(string root, string partner, DatabaseConnections? database, string role, IEnumerable<KeyValuePair<string, string>> settings, NewKeys? keys = null, int? listen = null)
    {
        var folder = new NodeFolder(Path.Combine(root, partner));
        var endpoint = new Uri($"https://127.0.0.1:{FreePort.Next()}");
        var identity = NodeIdentity.Create(folder, PartnerId.Parse(partner), $"The {partner} partner", endpoint, TimeProvider.System.GetUtcNow(), keys);
        var all = new Dictionary<string, string>
        {
            ["Pull:WaitMax"] = "00:00:01", ["Pull:RefusalPause"] = "00:00:00.200",
            ["Peers:RetryDelay"] = "00:00:00.050", ["Peers:RetryDelayMax"] = "00:00:00.500", ["Peers:BreakDuration"] = "00:00:00.500", ["Peers:CallTimeout"] = "00:00:10",
        };
        if (database is not null) (all["Database:App"], all["Database:Owner"]) = (database.App, database.Owner);
        if (listen is { } port) all["Node:Listen"] = $"127.0.0.1:{port}";
        foreach (var (name, value) in settings) all[name] = value;
        File.WriteAllBytes(folder.SettingsFile, JsonSerializer.SerializeToUtf8Bytes(all));
        return new ScenarioNode(folder, identity, database, [role, "run", "--dir", folder.Path], keys?.Passphrase, listen);
    }

    /// <summary>Starts the process and does not wait until it serves.</summary>
    public void Launch() => Process = SsaProcess.Start(_words);

    public async Task StartAsync()
    {
        Launch();
        await Process.WaitReadyAsync();
    }

    /// <summary>Attaches to the private cluster that the running node started.</summary>
    public async Task AttachDatabaseAsync()
    {
        await using var cluster = await PrivateCluster.StartAsync(Path.Combine(Folder.Path, "postgres"));
        if (cluster.IsOwner) throw new InvalidOperationException("The node has not started its cluster.");
        if (Database is not null) await Database.DisposeAsync();
        Database = NpgsqlDataSource.Create((await cluster.CreateDatabaseAsync("node")).Owner);
    }

    public async Task PinAsync(params IEnumerable<SignedNodeCard> cards)
    {
        foreach (var card in cards) await Admin.AddPeerAsync(new() { NodeCard = ByteString.CopyFrom(card.ToJson()) });
    }

    /// <summary>Publishes sensors with these names, all at one place.</summary>
    public async Task PublishSensorsAsync(params IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
            {
                ["format"] = "ssashare-sensor/1", ["id"] = name, ["owner"] = Partner.Value, ["name"] = name,
                ["latitude_deg"] = -7.9, ["longitude_deg"] = -14.4, ["height_m"] = 56.1, ["sigma_range_m"] = 100.0,
            });
            var answer = await Admin.PublishSensorsAsync(new() { FileName = $"{name}.json", Content = ByteString.CopyFrom(json), Label = LabelCodec.ToWire(Label) });
            Assert.Empty(answer.Issues);
        }
    }

    /// <summary>Streams a tracking data message to the node, as `ssa publish` does.</summary>
    public Task<PublishFileResponse> PublishAsync(TdmFile file, Label? label = null, CancellationToken cancellationToken = default)
        => PublishAsync(file.Name, file.Content, label, cancellationToken);

    /// <summary>Streams a file of any format to the node.</summary>
    public async Task<PublishFileResponse> PublishAsync(string name, byte[] content, Label? label = null, CancellationToken cancellationToken = default)
    {
        using var call = Admin.PublishFile(cancellationToken: cancellationToken);
        var request = new PublishFileRequest { FileName = name, Label = LabelCodec.ToWire(label ?? Label) };
        foreach (var chunk in content.Chunk(64 * 1024))
        {
            request.Chunk = UnsafeByteOperations.UnsafeWrap(chunk);
            await call.RequestStream.WriteAsync(request, cancellationToken);
            request = new PublishFileRequest();
        }
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Database!.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<List<T>> ColumnAsync<T>(string sql)
    {
        await using var command = Database!.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        _operator.Dispose();
        if (Process is not null) await Process.DisposeAsync();
        if (Database is not null) await Database.DisposeAsync();
        Identity.Dispose();
    }
}
