using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>A party as the signed payload fixes it.</summary>
/// <param name="Partner">Who it is.</param>
/// <param name="SigningKey">The key whose signature binds it.</param>
/// <param name="NodeCard">The node card that the key was taken from. Evidence: a later card with the same key still fits.</param>
/// <param name="Tier">How far it takes part.</param>
public sealed record AgreementParty(PartnerId Partner, KeyId SigningKey, NodeCardId NodeCard, CapabilityTier Tier = CapabilityTier.Full);
