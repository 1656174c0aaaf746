using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>What the keys of a new node are and how they are kept.</summary>
/// <param name="SigningAlgorithm">Of the key that signs documents; a log and a witness sign with Ed25519, as their notes demand.</param>
/// <param name="Passphrase">Encrypts every secret of the folder; null leaves them in the clear.</param>
public sealed record NewKeys(SignatureAlgorithm SigningAlgorithm = SignatureAlgorithm.EcdsaP256Sha256, Passphrase? Passphrase = null);
