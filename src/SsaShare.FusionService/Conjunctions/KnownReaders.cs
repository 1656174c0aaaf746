using SsaShare.Domain;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>Everybody who can ask: the partners whose cards are pinned, and the service's own operator.</summary>
public sealed class KnownReaders(NodeIdentity identity, PeerDirectory peers)
{
    /// <summary>In order of their names.</summary>
    public IReadOnlyList<PartnerId> All => [.. Others.Append(identity.Partner).OrderBy(partner => partner.Value, StringComparer.Ordinal)];

    /// <summary>All but the service itself.</summary>
    public IEnumerable<PartnerId> Others => peers.Peers.Select(peer => peer.Partner).Where(partner => partner != identity.Partner);
}
