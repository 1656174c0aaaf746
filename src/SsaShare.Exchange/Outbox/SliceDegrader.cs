using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// Makes and signs the degraded slices of one agreement for one recipient. The same records give the same payloads, salts and statements at
/// every call, so that asking again tells nothing new.
/// </summary>
public sealed class SliceDegrader
{
    private readonly IRecordDegrader _records;
    private readonly DegradationKey _secret;
    private readonly SigningKey _key;
    private readonly Agreement _agreement;
    private readonly PartnerId _provider, _recipient;

    /// <param name="records">Degrades one record.</param>
    /// <param name="secret">Of this node; salts come from it.</param>
    /// <param name="key">With which the provider signs.</param>
    /// <param name="agreement">Whose profiles are meant.</param>
    /// <param name="provider">Who degrades.</param>
    /// <param name="recipient">For whom.</param>
    public SliceDegrader(IRecordDegrader records, DegradationKey secret, SigningKey key, Agreement agreement, PartnerId provider, PartnerId recipient)
        => (_records, _secret, _key, _agreement, _provider, _recipient) = (records, secret, key, agreement, provider, recipient);

    /// <summary>The slice of what the profile leaves of these records.</summary>
    /// <param name="publication">Whole.</param>
    /// <param name="form">A degraded form of the agreement.</param>
    /// <param name="released">Records of the publication that are released in this form, by index.</param>
    /// <param name="clauses">By which each is released.</param>
    /// <param name="lane">By which the receiver will judge what is left.</param>
    /// <param name="reasons">Takes which records go out, and which the profile keeps.</param>
    /// <returns>Null when nothing is left of any.</returns>
    internal PublicationSlice? Degrade(Publication publication, ReleaseForm form, IReadOnlyList<PublishedRecord> released, IReadOnlyList<ClauseId> clauses, LaneDecision lane, WithheldReasons reasons)
    {
        var profile = form.Profile is { } id ? _agreement.Profile(id) : null;
        ArgumentNullException.ThrowIfNull(profile, nameof(form));
        var originals = new List<PublishedRecord>(released.Count);
        var degraded = new List<PublishedRecord>(released.Count);
        var kept = new List<ClauseId>(released.Count);
        foreach (var (original, clause) in released.Zip(clauses))
        {
            var record = _records.Degrade(original, profile, _agreement.Id, _provider, _recipient);
            // What is left may fall outside of what the clause is about, such as its time window: the receiver would have to refuse it.
            if (record is null || !lane.IsReleasedAsDegraded(record.Facts, form))
            {
                reasons.Withhold(original.Index, ReleaseDecision.Withheld(WithholdReason.NothingLeftToGive));
                continue;
            }
            originals.Add(original);
            kept.Add(clause);
            degraded.Add(new PublishedRecord(original.Index, _secret.SaltOf(record.Id, _recipient, PublicationLeaf.SaltSize), record, new DegradedFrom(original.LeafHash, degraded.Count)));
            reasons.Give(original.Index);
        }
        if (degraded.Count == 0) return null;
        var document = new DegradedDocument(DocumentContexts.Degraded.Text, _provider, degraded[0].Record.Facts.Originator, publication.Document.Id, _agreement.Id,
            profile.Id, degraded.Count, MerkleTree.Root([.. degraded.Select(record => record.LeafHash)]));
        var part = new DegradedPart(SignedDocument.Sign(_key, DocumentContexts.Degraded, DocumentJson.Write(document)), []);
        return new PublicationSlice(publication.Document, degraded, Release.Prove(publication, originals), publication.TraceParent, part) { Clauses = kept };
    }
}
