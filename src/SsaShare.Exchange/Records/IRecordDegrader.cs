using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Makes of an original what a profile leaves of it for one recipient.</summary>
public interface IRecordDegrader
{
    /// <summary>
    /// The degraded record: same class, originator, sensor and label; a payload of its own, whose mark names the original's leaf. The same
    /// original, profile, agreement and recipient give the same bytes at every call.
    /// </summary>
    /// <param name="original">An original (no mark) with its salt, so that its leaf is known.</param>
    /// <returns>
    /// Null when nothing is to be given: the original carries a mark already or cannot be read, the profile hides nothing that this class
    /// of record tells, or no measured quantity would be left.
    /// </returns>
    /// <remarks>
    /// Epoch and regime of the degraded record's facts are those of the degraded figures, since that is all a recipient can check. A provider
    /// therefore releases it only when the agreement also releases those facts; at the edge of a window the record stays at home.
    /// </remarks>
    SealedRecord? Degrade(PublishedRecord original, DegradationProfile profile, AgreementId agreement, PartnerId provider, PartnerId recipient);
}
