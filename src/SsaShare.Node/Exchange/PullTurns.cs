using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>
/// One pull at a time for each stream: agreement, reader and priority. The newest has the turn: one that is still waiting for a connection that broke unseen
/// does not keep its own successor out.
/// </summary>
public sealed class PullTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StreamKey, PullTurn> _turns = [];

    /// <param name="stream">Of which the peer is the reader.</param>
    /// <param name="callToken">Cancelled when the caller hangs up.</param>
    /// <param name="inForce">Cancelled when the agreement is no longer in force.</param>
    internal PullTurn Take(StreamKey stream, CancellationToken callToken, CancellationToken inForce)
    {
        var turn = new PullTurn(this, stream, callToken, inForce);
        PullTurn? before;
        lock (_lock)
        {
            _turns.TryGetValue(turn.Key, out before);
            _turns[turn.Key] = turn;
        }
        before?.Overtake();
        return turn;
    }

    internal void Leave(PullTurn turn)
    {
        lock (_lock)
            if (_turns.TryGetValue(turn.Key, out var current) && ReferenceEquals(current, turn)) _turns.Remove(turn.Key);
    }
}

/// <summary>A pull's turn; disposed when it is answered.</summary>
internal sealed class PullTurn(PullTurns turns, StreamKey key, CancellationToken callToken, CancellationToken inForce) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(callToken, inForce);
    private bool _disposed;

    public StreamKey Key => key;
    public CancellationToken CancellationToken => _stop.Token;
    public bool WasOvertaken { get; private set; }

    public void Overtake()
    {
        lock (_lock)
        {
            if (_disposed) return;
            WasOvertaken = true;
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        turns.Leave(this);
        lock (_lock)
        {
            _disposed = true;
            _stop.Dispose();
        }
    }
}
