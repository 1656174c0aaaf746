using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>Makes nodes' folders, and brings nodes together that are not running.</summary>
internal static class BenchPeering
{
    /// <summary>Makes a node's folder, with a port that is free now.</summary>
    public static NodeFolder Init(string folder, PartnerId partner, DatabaseConnections database)
    {
        var node = new NodeFolder(folder);
        NodeIdentity.Create(node, partner, partner.Value, new Uri($"https://127.0.0.1:{FreePort()}"), TimeProvider.System.GetUtcNow()).Dispose();
        File.WriteAllBytes(node.SettingsFile, JsonSerializer.SerializeToUtf8Bytes(new { Database = new { database.App, database.Owner }, Logging = new { LogLevel = new { Default = "Error" } } }));
        return node;
    }

    /// <summary>Opens both nodes, lets them pin each other and sign an agreement, and closes them.</summary>
    public static async Task AgreeAsync(NodeFolder provider, NodeFolder reader, string yaml)
    {
        await using var here = await OpenAsync(provider);
        await using var there = await OpenAsync(reader);
        await AgreeAsync(here.App.Services, there.App.Services, yaml);
    }

    /// <summary>Lets two nodes pin each other and sign an agreement.</summary>
    /// <returns>As the reader has it.</returns>
    public static async Task<BookEntry> AgreeAsync(IServiceProvider provider, IServiceProvider reader, string yaml)
    {
        var (provided, read) = (provider.GetRequiredService<AgreementBook>(), reader.GetRequiredService<AgreementBook>());
        var (there, here) = (provider.GetRequiredService<NodeIdentity>(), reader.GetRequiredService<NodeIdentity>());
        var refusal = await provider.GetRequiredService<PeerDirectory>().TryAddAsync(here.Card, CancellationToken.None) ?? await reader.GetRequiredService<PeerDirectory>().TryAddAsync(there.Card, CancellationToken.None);
        if (refusal is not null) throw new InvalidOperationException(refusal);
        var agreement = Agreement.Fix(BenchAgreements.Draft(yaml), partner => partner == there.Partner ? there.Card : here.Card);
        await provided.ProposeAsync(agreement, CancellationToken.None);
        await read.KeepAsync(provided.Find(agreement.Id)!.Envelope, there.Partner, CancellationToken.None);
        await read.SignAsync(agreement.Id, CancellationToken.None);
        await provided.KeepAsync(read.Find(agreement.Id)!.Envelope, here.Partner, CancellationToken.None);
        return read.Find(agreement.Id) is { State: AgreementState.Active } entry ? entry : throw new InvalidOperationException("The agreement is not in force.");
    }

    private static Task<NodeApplication> OpenAsync(NodeFolder folder) => NodeHost.BuildAsync(folder, [], "node", null, null, CancellationToken.None);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
