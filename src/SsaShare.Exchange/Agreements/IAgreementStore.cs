using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>Agreements known to this node, as signed envelopes.</summary>
public interface IAgreementStore
{
    /// <summary>Keeps an envelope and its state, with a log entry when either changed, before anything is sent.</summary>
    Task SaveAsync(StoredAgreement agreement, CancellationToken cancellationToken);

    /// <summary>Keeps a verified transition and what the agreement, which is here already, is by it, with their log entries in one transaction, before anything is sent. Keeping it again changes nothing.</summary>
    Task SaveTransitionAsync(SignedTransition transition, StoredAgreement after, CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredAgreement>> ListAsync(CancellationToken cancellationToken);

    /// <summary>All transitions of all agreements, in the order in which they were stored.</summary>
    Task<IReadOnlyList<SignedDocument>> ListTransitionsAsync(CancellationToken cancellationToken);
}

/// <summary>An agreement with the signatures known here.</summary>
/// <param name="Id">SHA-256 of the payload.</param>
/// <param name="Envelope">DSSE JSON.</param>
/// <param name="State">At this party; times (expiry) are judged when it is used.</param>
public sealed record StoredAgreement(AgreementId Id, ReadOnlyMemory<byte> Envelope, AgreementState State);
