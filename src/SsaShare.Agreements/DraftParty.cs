using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>A party as authored: its key is not yet known.</summary>
/// <param name="Partner">Who it is.</param>
/// <param name="Tier">How far it takes part.</param>
public sealed record DraftParty(PartnerId Partner, CapabilityTier Tier = CapabilityTier.Full);
