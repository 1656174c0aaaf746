using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>To whom this node gave which record, in which form: kept in the transaction that keeps the manifest, before anything is sent.</summary>
public interface IReleaseLedger
{
    /// <summary>Every giving of one record, the earliest first; one that was asked for again is there again.</summary>
    /// <param name="publicationId">SHA-256 of the payload of the originator's signed publication.</param>
    /// <param name="index">The record's index in it, from 0.</param>
    Task<IReadOnlyList<ReleasedTo>> FindAsync(Hash256 publicationId, int index, CancellationToken cancellationToken);
}

/// <summary>One giving of a record.</summary>
/// <param name="Receiver">To whom.</param>
/// <param name="Agreement">Under which agreement, in force or ended since.</param>
/// <param name="Form">As published, or degraded.</param>
/// <param name="At">When the manifest was made.</param>
/// <param name="Manifest">SHA-256 of the manifest's payload.</param>
public sealed record ReleasedTo(PartnerId Receiver, AgreementId Agreement, ReleaseForm Form, Epoch At, Hash256 Manifest);
