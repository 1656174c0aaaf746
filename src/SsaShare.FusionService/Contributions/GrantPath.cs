using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.FusionService;

/// <summary>One way in which a record came to the fusion service.</summary>
/// <param name="Facts">With the label that it carried on this way.</param>
/// <param name="Provider">Null for the service's own.</param>
/// <param name="Agreement">Null for the service's own.</param>
public sealed record GrantPath(RecordFacts Facts, PartnerId? Provider, AgreementId? Agreement);
