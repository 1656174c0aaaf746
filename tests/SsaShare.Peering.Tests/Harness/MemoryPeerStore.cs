using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>Pinned cards in memory, by the rules of the port.</summary>
internal sealed class MemoryPeerStore : IPeerStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SignedNodeCard> _cards = [];
    private readonly List<KeyEvent> _events = [];

    /// <summary>Awaited after a list was read and before it is given.</summary>
    public Func<Task> AfterReading { get; set; } = () => Task.CompletedTask;

    public Task<bool> TryPinAsync(SignedNodeCard card, CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult(_cards.TryAdd(card.Card.PartnerId, card) || _cards[card.Card.PartnerId].Id == card.Id);
    }

    public Task KeepOwnAsync(SignedNodeCard card, CancellationToken cancellationToken)
    {
        lock (_lock) _cards.TryAdd(card.Card.PartnerId, card);
        return Task.CompletedTask;
    }

    public Task SaveKeyEventAsync(KeyEvent keyEvent, bool isOwn, CancellationToken cancellationToken)
    {
        lock (_lock)
            if (_events.TrueForAll(one => one.Id != keyEvent.Id)) _events.Add(keyEvent);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<KeyEvent>> ListKeyEventsAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<KeyEvent>>([.. _events]);
    }

    public async Task<IReadOnlyList<SignedNodeCard>> ListAsync(CancellationToken cancellationToken)
    {
        SignedNodeCard[] cards;
        lock (_lock) cards = [.. _cards.Values];
        await AfterReading();
        return cards;
    }
}
