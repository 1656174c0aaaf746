using System.Collections.Concurrent;
using Grpc.Net.Client;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>One channel to each peer, opened at first use and kept.</summary>
public sealed class PeerChannels(NodeIdentity identity, PeerDirectory directory) : IDisposable
{
    private readonly ConcurrentDictionary<NodeCardId, Lazy<GrpcChannel>> _channels = new();
    private readonly ConcurrentDictionary<NodeCardId, Lazy<HttpClient>> _http = new();

    /// <exception cref="KeyNotFoundException">No card of that partner is pinned.</exception>
    public GrpcChannel To(PartnerId partner)
    {
        var peer = directory.Find(partner) ?? throw new KeyNotFoundException($"No node card of '{partner}' is pinned here.");
        return _channels.GetOrAdd(peer.Card.Id, _ => new Lazy<GrpcChannel>(() => PinnedChannel.Open(peer.Card.Card, identity.TlsCertificate))).Value;
    }

    /// <summary>Plain HTTPS to a peer; the client is shared and has no time limit of its own.</summary>
    /// <exception cref="KeyNotFoundException">No card of that partner is pinned.</exception>
    public HttpClient HttpTo(PartnerId partner)
    {
        var peer = directory.Find(partner) ?? throw new KeyNotFoundException($"No node card of '{partner}' is pinned here.");
        return _http.GetOrAdd(peer.Card.Id, _ => new Lazy<HttpClient>(() => PinnedChannel.OpenHttp(peer.Card.Card, identity.TlsCertificate))).Value;
    }

    public void Dispose()
    {
        foreach (var http in _http.Values)
            if (http.IsValueCreated) http.Value.Dispose();
        foreach (var channel in _channels.Values)
            if (channel.IsValueCreated) channel.Value.Dispose();
    }
}
