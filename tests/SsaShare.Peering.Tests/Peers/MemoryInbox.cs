using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>An inbox in memory, by the rules of the port.</summary>
internal sealed class MemoryInbox : IInbox
{
    private readonly Dictionary<StreamKey, InboxState> _states = [];
    private readonly HashSet<RecordId> _records = [];

    public int Accepted { get; private set; }
    public int RecordCount => _records.Count;
    public List<string> Refusals { get; } = [];
    public List<(RefusedAnswer Answer, Equivocation? Proof)> Refused { get; } = [];

    /// <summary>Thrown instead of storing, where it gives an exception.</summary>
    public Func<Exception?> Fault { get; set; } = () => null;

    /// <summary>Storing takes until this ends.</summary>
    public Func<Task> Storing { get; set; } = () => Task.CompletedTask;

    public Task<InboxState> GetStateAsync(AgreementId agreement, PartnerId provider, FeedPriority priority, CancellationToken cancellationToken)
        => Task.FromResult(_states.GetValueOrDefault(new StreamKey(agreement, provider, priority), InboxState.Start));

    public async Task<int> AcceptAsync(Batch batch, SignedDocument? receipt, CancellationToken cancellationToken)
    {
        await Storing();
        if (Fault() is { } fault) throw fault;
        var key = new StreamKey(batch.Manifest.Agreement, batch.Manifest.Provider, batch.Lane.Priority);
        var before = _states.GetValueOrDefault(key, InboxState.Start);
        if (before.Positions.Of(batch.Lane) != batch.Manifest.AfterPosition) throw new InvalidOperationException("The inbox moved.");
        _states[key] = batch.After(before, receipt);
        Accepted++;
        return batch.Slices.SelectMany(slice => slice.Slice.Records).Count(record => _records.Add(record.Record.Id));
    }

    /// <summary>Forgets how far it has come.</summary>
    public int Restart(AgreementId agreement, PartnerId provider) => _states.Keys.Where(key => key.Agreement == agreement && key.Peer == provider).ToList().Count(_states.Remove);

    public bool StandsAfter(AgreementId agreement, PartnerId provider, Hash256 manifest) => _states.Any(state => state.Key.Agreement == agreement && state.Key.Peer == provider && state.Value.Manifest == manifest);

    public Task LogRefusalAsync(RefusedAnswer refused, Equivocation? proof, CancellationToken cancellationToken)
    {
        lock (Refusals)
        {
            Refusals.Add(refused.Reason);
            Refused.Add((refused, proof));
        }
        return Task.CompletedTask;
    }
}

/// <summary>Begins streams of an inbox in memory anew.</summary>
internal sealed class InboxRestarts(MemoryInbox inbox) : IExchangeRestarts
{
    public List<string> Reasons { get; } = [];

    public Task<int> RestartAsync(AgreementId agreement, PartnerId provider, string by, string reason, Hash256? last, CancellationToken cancellationToken)
    {
        if (last is { } stands && !inbox.StandsAfter(agreement, provider, stands)) return Task.FromResult(0);
        Reasons.Add(reason);
        return Task.FromResult(inbox.Restart(agreement, provider));
    }
}
