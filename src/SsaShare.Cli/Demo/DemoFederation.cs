using System.Text.Json;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Storage;
using V1 = SsaShare.Protocol.Agreement.V1;

namespace SsaShare.Cli;

/// <summary>The demo's four nodes: started, introduced to each other, agreed, fed, and stopped again.</summary>
internal sealed class DemoFederation : IAsyncDisposable
{
    private const int FirstPort = 7101;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60), ExchangeTimeout = TimeSpan.FromSeconds(120);
    private readonly PrivateCluster _cluster;
    private readonly FileStream _lock;
    private readonly DemoProgress _progress;
    private DateTimeOffset _published;

    private DemoFederation(DemoFolder folder, DemoProgress progress, FileStream folderLock, PrivateCluster cluster, IReadOnlyList<DemoPartner> partners)
        => (Folder, _progress, _lock, _cluster, Partners) = (folder, progress, folderLock, cluster, partners);

    public DemoFolder Folder { get; }
    public IReadOnlyList<DemoPartner> Partners { get; }
    public IEnumerable<DemoPartner> Readers => Partners.Where(partner => !partner.IsFusion);
    public DemoPartner Fusion => Partners.Single(partner => partner.IsFusion);
    public DemoProgress Progress => _progress;

    /// <summary>Starts from nothing: what an earlier demo left is removed first.</summary>
    /// <exception cref="IOException">A demo is running already.</exception>
    public static async Task<DemoFederation> StartAsync(DemoFolder folder, DemoProgress progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
        var folderLock = Lock(folder);
        PrivateCluster? cluster = null;
        var processes = new List<DemoProcess>();
        using var ports = new DemoPorts(FirstPort);
        try
        {
            await RemoveContentsAsync(folder, cancellationToken);
            cluster = await progress.StepAsync("private PostgreSQL cluster", _ => PrivateCluster.StartAsync(folder.Cluster, cancellationToken: cancellationToken));
            var profiles = ReadProfiles(folder);
            var partners = await progress.StepAsync($"keys, certificates and databases of {profiles.Count} nodes", async _ =>
            {
                var folders = new List<(PartnerProfile, NodeFolder)>();
                foreach (var profile in profiles) folders.Add((profile, await InitAsync(folder, profile, ports.Reserve(), cluster, cancellationToken)));
                return folders;
            });
            await progress.StepAsync($"{profiles.Count} processes ready", async _ =>
            {
                ports.Release();
                foreach (var (profile, node) in partners)
                    processes.Add(DemoProcess.Start(profile.Id.Value, folder.LogFile(profile.Id.Value), profile.Kind == "fusion-service" ? "fusion" : "node", "run", "--dir", node.Path));
                await Task.WhenAll(processes.Select(process => process.WaitReadyAsync(StartTimeout, cancellationToken)));
                return $"process ids {string.Join(", ", processes.Select(process => process.Id))}";
            });
            return new DemoFederation(folder, progress, folderLock, cluster,
                [.. partners.Zip(processes, (partner, process) => new DemoPartner(partner.Item1, partner.Item2, process, OperatorClient.ToOwnNode(partner.Item2)))]);
        }
        catch
        {
            foreach (var process in processes) await process.DisposeAsync();
            if (cluster is not null) await cluster.DisposeAsync();
            await folderLock.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pins every card at every node, then proposes and countersigns the agreements of the seeds.</summary>
    public async Task AgreeAsync(CancellationToken cancellationToken)
    {
        await _progress.StepAsync("node cards pinned", async _ =>
        {
            foreach (var partner in Partners)
            foreach (var peer in Partners.Where(peer => peer != partner))
                await partner.Client.Admin.AddPeerAsync(new() { NodeCard = ByteString.CopyFrom(await File.ReadAllBytesAsync(peer.Folder.CardFile, cancellationToken)) }, cancellationToken: cancellationToken);
            return $"{Partners.Count * (Partners.Count - 1)} pins";
        });
        string[] files = [.. Directory.GetFiles(Path.Combine(Folder.Seeds, "agreements"), "*.yaml").Order(StringComparer.Ordinal)];
        await _progress.StepAsync("agreements proposed, delivered and countersigned", async say =>
        {
            foreach (string file in files)
            {
                say(Path.GetFileName(file));
                await AgreeAsync(file, cancellationToken);
            }
            return $"{files.Length} in force at both sides";
        });
    }

    /// <summary>Publishes sensors and observations of each partner.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await _progress.StepAsync("sensors and observations published", async say =>
        {
            long published = 0, refused = 0;
            var label = LabelCodec.ToWire(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
            foreach (var partner in Readers)
            {
                foreach (string file in SensorFiles(partner.Profile))
                    await partner.Client.Admin.PublishSensorsAsync(new() { FileName = Path.GetFileName(file), Content = ByteString.CopyFrom(await File.ReadAllBytesAsync(file, cancellationToken)), Label = label }, cancellationToken: cancellationToken);
                foreach (string file in Directory.GetFiles(Path.Combine(Folder.Seeds, "observations", partner.Id), "*.tdm").Order(StringComparer.Ordinal))
                {
                    say(Path.GetFileName(file));
                    await using var stream = File.OpenRead(file);
                    var outcome = await FileSender.SendAsync(partner.Client.Admin, stream, Path.GetFileName(file), label, IngestSource.Cli, _ => { }, cancellationToken);
                    (published, refused) = (published + outcome.Progress.AcceptedCount, refused + outcome.Progress.RefusedCount);
                    foreach (var issue in outcome.Issues) Console.Error.WriteLine(PublishCommand.Line(issue));
                }
            }
            _published = TimeProvider.System.GetUtcNow();
            return $"{published:N0} observations{(refused > 0 ? $", {refused} refused" : "")}";
        });
    }

    /// <summary>Waits until every node has all that its agreements granted it up to now, by signed watermarks.</summary>
    public Task WaitForExchangeAsync(CancellationToken cancellationToken)
        => _progress.StepAsync("records pulled, verified, stored and receipted", async say =>
        {
            long received = 0;
            await UntilAsync(async () =>
            {
                received = 0;
                bool complete = true;
                foreach (var partner in Partners)
                {
                    var status = await partner.StatusAsync(cancellationToken);
                    received += status.ReceivedRecords;
                    complete &= status.Peers.Where(peer => ExpectsFrom(partner, peer)).All(peer => peer.Watermark?.ToDateTimeOffset() >= _published);
                }
                say($"{received:N0} records");
                return complete;
            }, "The exchange was not complete in time; see the logs of the nodes.", cancellationToken);
            return $"{received:N0} records";
        });

    /// <summary>Waits until the fusion service has worked through what it received.</summary>
    public Task WaitForFusionAsync(CancellationToken cancellationToken)
        => _progress.StepAsync("observations associated and orbits fitted", async say =>
        {
            // All had come when the exchange was found complete: an answer that is current as of a later instant holds it.
            var complete = Utc.FromDateTime(TimeProvider.System.GetUtcNow());
            await UntilAsync(async () =>
            {
                var status = await Readers.First().CatalogOf(Fusion).GetCatalogStatusAsync(new(), cancellationToken: cancellationToken);
                say($"{status.PendingRecordCount:N0} records in work");
                return SpaceMapper.TryRead(status.CurrentAsOf, out var asOf) && asOf >= complete;
            }, "The fusion service was not done in time; see its log.", cancellationToken);
            return "";
        });

    /// <summary>Removes a demo that is not running, or that a dead process left.</summary>
    public static async Task RemoveAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        using (Lock(folder)) await RemoveContentsAsync(folder, cancellationToken);
        Directory.Delete(folder.Path, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Partners.SelectMany(partner => partner.CatalogClients.Values.Append(partner.Client))) client.Dispose();
        await Task.WhenAll(Partners.Select(partner => partner.Process.DisposeAsync().AsTask()));
        await _cluster.DisposeAsync();
        await _lock.DisposeAsync();
    }

    private static FileStream Lock(DemoFolder folder)
    {
        try
        {
            return new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new IOException($"A demo is running in '{folder.Path}'. Stop it with Ctrl-C in its terminal first.", e);
        }
    }

    private static async Task RemoveContentsAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        await PrivateCluster.DeleteAsync(folder.Cluster, cancellationToken);
        foreach (string sub in Directory.GetDirectories(folder.Path)) Directory.Delete(sub, recursive: true);
        foreach (string file in Directory.GetFiles(folder.Path).Where(file => file != folder.LockFile)) File.Delete(file);
    }

    private static List<PartnerProfile> ReadProfiles(DemoFolder folder)
    {
        var issues = new List<ReadIssue>();
        var profiles = Directory.GetFiles(Path.Combine(folder.Seeds, "partners"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => PartnerFile.Read(File.ReadAllBytes(file), file, issues)).OfType<PartnerProfile>()
            .OrderBy(profile => profile.Kind == "fusion-service").ToList();
        return issues.Count == 0 ? profiles : throw new InvalidDataException(string.Join('\n', issues));
    }

    private static async Task<NodeFolder> InitAsync(DemoFolder demo, PartnerProfile profile, int port, PrivateCluster cluster, CancellationToken cancellationToken)
    {
        var folder = demo.Node(profile.Id.Value);
        var endpoint = new Uri($"https://127.0.0.1:{port}");
        NodeIdentity.Create(folder, profile.Id, profile.Name, endpoint, TimeProvider.System.GetUtcNow()).Dispose();
        var database = await cluster.CreateDatabaseAsync(profile.Id.Value, cancellationToken);
        await File.WriteAllBytesAsync(folder.SettingsFile, JsonSerializer.SerializeToUtf8Bytes(new
        {
            Node = new { Listen = endpoint.Authority },
            Database = new { App = database.App, Owner = database.Owner },
            Pull = new { WaitMax = "00:00:02" },
        }), cancellationToken);
        return folder;
    }

    private async Task AgreeAsync(string file, CancellationToken cancellationToken)
    {
        byte[] yaml = await File.ReadAllBytesAsync(file, cancellationToken);
        var draft = AgreementDraft.ReadYaml(yaml).Value ?? throw new InvalidDataException($"{file} is not a valid agreement; see: ssa agreement validate {file}");
        var parties = draft.Parties.Select(party => Partners.Single(partner => partner.Profile.Id == party.Partner)).ToList();
        var proposed = await parties[0].Client.Admin.ProposeAgreementAsync(new() { FileName = Path.GetFileName(file), Yaml = ByteString.CopyFrom(yaml) }, cancellationToken: cancellationToken);
        foreach (var party in parties.Skip(1))
        {
            await UntilAsync(async () => await StateAsync(party, proposed.AgreementId, cancellationToken) is not null, $"{Path.GetFileName(file)} did not reach {party.Id}.", cancellationToken);
            await party.Client.Admin.SignAgreementAsync(new() { AgreementId = proposed.AgreementId }, cancellationToken: cancellationToken);
        }
        foreach (var party in parties)
            await UntilAsync(async () => await StateAsync(party, proposed.AgreementId, cancellationToken) == V1.AgreementState.Active, $"{Path.GetFileName(file)} is not in force at {party.Id}.", cancellationToken);
    }

    private static async Task<V1.AgreementState?> StateAsync(DemoPartner partner, ByteString agreement, CancellationToken cancellationToken)
        => (await partner.Client.Admin.ListAgreementsAsync(new(), cancellationToken: cancellationToken)).Agreements.FirstOrDefault(one => one.AgreementId == agreement)?.State;

    /// <summary>Whoever owns sensors gives to everybody.</summary>
    private bool ExpectsFrom(DemoPartner partner, PeerStatus peer)
        => partner.Id != peer.PartnerId && Partners.Single(other => other.Id == peer.PartnerId).Profile.Sensors.Count > 0;

    private IEnumerable<string> SensorFiles(PartnerProfile profile)
        => Directory.GetFiles(Path.Combine(Folder.Seeds, "sensors"), "*.json").Where(file =>
            SensorFile.Read(File.ReadAllBytes(file), file, []) is { } sensor && sensor.Owner == profile.Id);

    private static async Task UntilAsync(Func<Task<bool>> done, string otherwise, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await done())
        {
            if (TimeProvider.System.GetElapsedTime(started) > ExchangeTimeout) throw new InvalidOperationException(otherwise);
            await Task.Delay(100, cancellationToken);
        }
    }
}
