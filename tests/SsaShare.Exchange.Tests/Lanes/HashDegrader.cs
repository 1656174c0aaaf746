using System.Security.Cryptography;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>Degrades opaque payloads by the rules of the port: what comes out is a hash of original, profile and recipient. Of object 5 nothing is left.</summary>
internal sealed class HashDegrader : IRecordDegrader
{
    public SealedRecord? Degrade(PublishedRecord original, DegradationProfile profile, AgreementId agreement, PartnerId provider, PartnerId recipient)
    {
        var facts = original.Record.Facts;
        if (facts.ObjectTag == "5" || !facts.Form.IsFull) return null;
        bool removesTag = profile.Removes(RemovedField.ObjectTag);
        byte[] payload = SHA256.HashData(Encoding.UTF8.GetBytes($"{original.LeafHash} {profile.Id} {agreement} {recipient}"));
        return SealedRecord.Seal(payload, original.Record.Label, facts with
        {
            Form = ReleaseForm.Degraded(profile.Id),
            DegradedUnder = agreement,
            Objects = removesTag ? default : facts.Objects,
            TagRemoved = removesTag && facts.ObjectTag is not null,
        }) with { Mark = new DegradationMark(profile.Id, provider, agreement, original.LeafHash, new AddedSigma { RangeKm = profile.Figures.RangeSigmaKm, EpochS = profile.Figures.EpochStepS / Math.Sqrt(3) }, profile.Remove) };
    }
}
