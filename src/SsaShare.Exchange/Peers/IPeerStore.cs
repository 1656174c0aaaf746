using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Node cards of the partners whom this node knows, its own among them.</summary>
public interface IPeerStore
{
    /// <summary>Pins a card, with a log entry. Pinning the same again changes nothing.</summary>
    /// <returns>False when another card is pinned for that partner.</returns>
    Task<bool> TryPinAsync(SignedNodeCard card, CancellationToken cancellationToken);

    Task<IReadOnlyList<SignedNodeCard>> ListAsync(CancellationToken cancellationToken);
}
