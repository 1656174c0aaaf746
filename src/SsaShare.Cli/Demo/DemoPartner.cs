using System.Collections.Concurrent;
using SsaShare.Formats;
using SsaShare.Peering;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>One partner of the demo: its profile from the seeds, its folder, its process and its operator's client.</summary>
internal sealed record DemoPartner(PartnerProfile Profile, NodeFolder Folder, DemoProcess Process, OperatorClient Client)
{
    public string Id => Profile.Id.Value;
    public bool IsFusion => Profile.Kind == "fusion-service";

    /// <summary>This partner's operator as a reader at other nodes, by partner id.</summary>
    public ConcurrentDictionary<string, OperatorClient> CatalogClients { get; } = new(StringComparer.Ordinal);

    public async Task<GetStatusResponse> StatusAsync(CancellationToken cancellationToken)
        => await Client.Admin.GetStatusAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken);
}
