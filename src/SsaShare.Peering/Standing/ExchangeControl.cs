using System.Collections.Concurrent;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>The operator's hand on the exchange with peers: pauses, which are kept and hold in both directions, and retries at once.</summary>
public sealed class ExchangeControl(IStandingStore store) : IDisposable
{
    private readonly ConcurrentDictionary<(PartnerId Peer, AgreementId? Agreement), int> _retries = new();
    private IReadOnlyList<HeldPause> _pauses = [];
    private TaskCompletionSource _changed = New();
    private readonly ConcurrentDictionary<PartnerId, CancellationTokenSource> _running = new();
    private readonly SemaphoreSlim _changes = new(1, 1);

    /// <summary>Completes when something is paused, resumed or to be tried at once. Taken before the rest is read, no change is missed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Cancelled when something of a peer is paused or resumed: whoever waits looks at the pauses anew. Taken before these are looked at, no change is missed.</summary>
    public CancellationToken StandingOf(PartnerId peer) => _running.GetOrAdd(peer, static _ => new CancellationTokenSource()).Token;

    /// <summary>What is paused.</summary>
    public IReadOnlyList<HeldPause> Pauses => Volatile.Read(ref _pauses);

    /// <summary>Reads the store. Called once at start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken) => Volatile.Write(ref _pauses, await store.ListPausesAsync(cancellationToken));

    /// <summary>The pause under which the exchange with a peer rests; null when it goes on.</summary>
    public HeldPause? Find(PartnerId peer, AgreementId agreement) => Pauses.FirstOrDefault(pause => pause.Covers(peer, agreement));

    /// <summary>Stops the exchange in both directions, also calls that are under way.</summary>
    /// <returns>False when it was paused already.</returns>
    public Task<bool> PauseAsync(PauseEvent pause, CancellationToken cancellationToken) => ChangeAsync(pause, isPaused: true, cancellationToken);

    /// <summary>Takes a pause of the same peer and agreement back.</summary>
    /// <returns>False when there was none.</returns>
    public Task<bool> ResumeAsync(PauseEvent pause, CancellationToken cancellationToken) => ChangeAsync(pause, isPaused: false, cancellationToken);

    /// <summary>Ends all waiting for a peer: pulls begin anew at once, with closed circuits.</summary>
    /// <param name="agreement">Null for all.</param>
    public void Retry(PartnerId peer, AgreementId? agreement)
    {
        _retries.AddOrUpdate((peer, agreement), 1, (_, times) => times + 1);
        Raise();
    }

    /// <summary>Grows with each retry of the stream's peer and agreement.</summary>
    internal int RetriesOf(StreamKey stream) => _retries.GetValueOrDefault((stream.Peer, null)) + _retries.GetValueOrDefault((stream.Peer, stream.Agreement));

    private async Task<bool> ChangeAsync(PauseEvent pause, bool isPaused, CancellationToken cancellationToken)
    {
        // One after the other: of two at once the one that has read the store first must not have the last word here.
        await _changes.WaitAsync(cancellationToken);
        try
        {
            return await store.SavePauseAsync(pause, isPaused, cancellationToken);
        }
        finally
        {
            // Also when the call was given up: the store may have it all the same.
            try
            {
                await LoadAsync(CancellationToken.None);
            }
            finally
            {
                Raise();
                _changes.Release();
                if (_running.TryRemove(pause.Peer, out var before)) await before.CancelAsync();
            }
        }
    }

    public void Dispose()
    {
        foreach (var running in _running.Values) running.Dispose();
        _changes.Dispose();
    }

    private void Raise() => Interlocked.Exchange(ref _changed, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
