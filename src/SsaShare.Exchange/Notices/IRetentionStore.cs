using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Carries out what agreements say of how long received records may be kept.</summary>
public interface IRetentionStore
{
    /// <summary>
    /// Goes through one part of the ways that have run out, and deletes those of their records all of whose ways here have: in one transaction with a signed and logged deletion
    /// for each provider and agreement. Own records are never touched, nor is a record that came by another way under which it may still be kept: it is come to again when that
    /// way runs out. Where there is nothing to delete nobody is kept waiting.
    /// </summary>
    /// <param name="now">Ways whose time of retention is over by then have run out.</param>
    /// <param name="ended">Agreements that are over and want everything deleted: all their ways have run out.</param>
    /// <param name="of">That of them whose ways to go through; null for those whose time of retention is over.</param>
    /// <param name="after">Up to where they have been gone through.</param>
    /// <param name="waysMax">About how many ways to go through; never less than a publication of an agreement that ended.</param>
    /// <param name="sign">Signs a deletion: provider, agreement, reason, records.</param>
    Task<RunOutPart> DeleteRunOutAsync(Epoch now, IReadOnlyCollection<AgreementId> ended, AgreementId? of, RunOutPosition after, int waysMax,
        Func<PartnerId, AgreementId, DeletionReason, IReadOnlyList<DeletedRecords>, SignedDeletion> sign, CancellationToken cancellationToken);

    /// <summary>Deletions of this node that a provider has not acknowledged yet, in the order of the log.</summary>
    Task<IReadOnlyList<DueDeletion>> ListUndeliveredAsync(PartnerId provider, long afterLogIndex, int deletionsMax, CancellationToken cancellationToken);

    Task SetDeliveredAsync(IReadOnlyCollection<SignedDeletion> deletions, CancellationToken cancellationToken);

    /// <summary>Keeps what a holder deleted of what this node gave it, with its log entry. What names only what it had named before changes nothing.</summary>
    /// <param name="deletion">Its signature verified.</param>
    /// <returns>False when it names a record that this node did not give under that agreement in that form, or mostly such as it had named before.</returns>
    Task<bool> TryReceiveAsync(SignedDeletion deletion, CancellationToken cancellationToken);
}

/// <summary>A deletion on its way to a provider.</summary>
/// <param name="LogIndex">Where it stands in this node's log.</param>
public sealed record DueDeletion(long LogIndex, SignedDeletion Deletion);
