using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>
/// What each reader may see: a contribution takes part in an answer only where the agreement under which it came lets the service show
/// derived products to that reader, decided record by record at the time of asking.
/// </summary>
public sealed class ReaderViews(NodeIdentity identity, AgreementBook agreements, ContributionBook contributions, TimeProvider time)
{
    public ReaderView Of(PartnerId reader)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        return new ReaderView(contribution => MaySee(contribution.Record, reader, now));
    }

    /// <summary>Whether one record may take part in an answer to this reader now.</summary>
    public bool MaySee(RecordId record, PartnerId reader) => MaySee(record, reader, Utc.FromDateTime(time.GetUtcNow()));

    private bool MaySee(RecordId record, PartnerId reader, Epoch now)
    {
        if (contributions.Find(record) is not { } provenance) return false;
        if (provenance.Provider is not { } provider || provenance.Agreement is not { } id) return provenance.Facts.Label.IsReleasableTo(reader);
        return agreements.Find(id) is { } entry
            && ReleasePolicy.DecideDerived(provenance.Facts, entry.Agreement, entry.State, provider, identity.Partner, reader, now).IsReleased;
    }
}
