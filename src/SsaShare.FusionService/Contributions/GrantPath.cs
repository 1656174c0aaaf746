using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.FusionService;

/// <summary>One way in which a record came to the fusion service.</summary>
/// <param name="Facts">With the label that it carried on this way.</param>
/// <param name="Provider">Null for the service's own.</param>
/// <param name="Agreement">Null for the service's own.</param>
/// <param name="Published">When its originator published it.</param>
/// <param name="Terms">What it brought along because it was passed on; null when its originator gave it.</param>
public sealed record GrantPath(RecordFacts Facts, PartnerId? Provider, AgreementId? Agreement, Epoch Published, CarriedTerms? Terms = null)
{
    /// <summary>Until when the record may be used as it came on this way; null for as long as it is here.</summary>
    public Epoch? KeepUntil { get; init; }
}
