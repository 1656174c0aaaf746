using SsaShare.Agreements;
using SsaShare.Exchange;

namespace SsaShare.Peering.Tests;

/// <summary>Agreements in memory; a test may make a save fail.</summary>
internal sealed class MemoryAgreementStore : IAgreementStore
{
    private readonly Dictionary<AgreementId, StoredAgreement> _agreements = [];

    public List<StoredAgreement> Saves { get; } = [];

    public List<SignedDocument> Transitions { get; } = [];

    /// <summary>Thrown instead of saving, where it gives an exception.</summary>
    public Func<StoredAgreement, Exception?> Fault { get; set; } = _ => null;

    /// <summary>Thrown after saving: the answer of the store was lost.</summary>
    public Exception? LostAnswer { get; set; }

    public void Put(AgreementEnvelope envelope, AgreementState state) => _agreements[envelope.Id] = new StoredAgreement(envelope.Id, envelope.ToJson(), state);

    public AgreementState StateOf(AgreementId id) => _agreements[id].State;

    public Task SaveAsync(StoredAgreement agreement, CancellationToken cancellationToken)
    {
        if (Fault(agreement) is { } fault) throw fault;
        _agreements[agreement.Id] = agreement;
        Saves.Add(agreement);
        return Task.CompletedTask;
    }

    public async Task SaveTransitionAsync(SignedTransition transition, StoredAgreement after, CancellationToken cancellationToken)
    {
        if (Transitions.All(kept => kept.Id != transition.Original.Id))
        {
            await SaveAsync(after, cancellationToken);
            Transitions.Add(transition.Original);
        }
        if (LostAnswer is { } lost) throw lost;
    }

    public Task<IReadOnlyList<SignedDocument>> ListTransitionsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SignedDocument>>([.. Transitions]);

    public Task<IReadOnlyList<StoredAgreement>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredAgreement>>([.. _agreements.Values]);
}
