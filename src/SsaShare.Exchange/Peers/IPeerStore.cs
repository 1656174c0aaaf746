using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Node cards of the partners whom this node knows, its own among them, and how their keys changed.</summary>
public interface IPeerStore
{
    /// <summary>Pins a card, with a log entry. Pinning the same again changes nothing.</summary>
    /// <returns>False when another card is pinned for that partner.</returns>
    Task<bool> TryPinAsync(SignedNodeCard card, CancellationToken cancellationToken);

    /// <summary>Keeps this node's own first card, with a log entry. Keeping it again changes nothing, and so does keeping another: the first one stays.</summary>
    Task KeepOwnAsync(SignedNodeCard card, CancellationToken cancellationToken);

    /// <summary>The cards as they were pinned, one for each partner, and this node's own first one.</summary>
    Task<IReadOnlyList<SignedNodeCard>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a change of keys of a partner whose card is here, with a log entry. Keeping it again changes nothing; two that contradict each other are both kept.</summary>
    /// <param name="keyEvent">Verified.</param>
    /// <param name="isOwn">Whether it is of this node's own partner.</param>
    Task SaveKeyEventAsync(KeyEvent keyEvent, bool isOwn, CancellationToken cancellationToken);

    /// <summary>All changes of keys, in the order in which they were kept.</summary>
    Task<IReadOnlyList<KeyEvent>> ListKeyEventsAsync(CancellationToken cancellationToken);
}
