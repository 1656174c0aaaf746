using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Carries out what agreements say of how long received records may be kept.</summary>
public interface IRetentionStore
{
    /// <summary>
    /// Deletes records all of whose ways here have run out, in one transaction with a signed and logged deletion for each provider and agreement. Own records are never touched,
    /// nor is a record that came by another way under which it may still be kept.
    /// </summary>
    /// <param name="now">Ways whose time of retention is over by then have run out.</param>
    /// <param name="ended">Agreements that are over and want everything deleted: all their ways have run out.</param>
    /// <param name="toSearch">Those of them whose records have not all been looked at since they ended.</param>
    /// <param name="recordsMax">At most about this many records at once.</param>
    /// <param name="sign">Signs a deletion: provider, agreement, reason, records.</param>
    /// <returns>How many records were deleted; fewer than <paramref name="recordsMax"/> when none is left.</returns>
    Task<int> DeleteRunOutAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, IReadOnlyCollection<AgreementId> toSearch, int recordsMax,
        Func<PartnerId, AgreementId, DeletionReason, IReadOnlyList<DeletedRecords>, SignedDeletion> sign, CancellationToken cancellationToken);

    /// <summary>Deletions of this node that a provider has not acknowledged yet, in the order of the log.</summary>
    Task<IReadOnlyList<SignedDeletion>> ListUndeliveredAsync(PartnerId provider, int deletionsMax, CancellationToken cancellationToken);

    Task SetDeliveredAsync(IReadOnlyCollection<SignedDeletion> deletions, CancellationToken cancellationToken);

    /// <summary>Keeps what a holder deleted of what this node gave it, with its log entry. Keeping it again changes nothing.</summary>
    /// <param name="deletion">Its signature verified.</param>
    /// <returns>False when it names a record that this node did not give under that agreement in that form, or nothing that it had not named before.</returns>
    Task<bool> TryReceiveAsync(SignedDeletion deletion, CancellationToken cancellationToken);
}
