using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Signing;

/// <summary>What a key is for. A key carries its algorithm for life; no document or peer chooses one.</summary>
public enum SignatureAlgorithm
{
    /// <summary>No algorithm: refused everywhere.</summary>
    None = 0,

    /// <summary>ECDSA over NIST P-256 with SHA-256 (FIPS 186-5); signatures are r||s, 64 bytes (IEEE P1363).</summary>
    EcdsaP256Sha256 = 1,

    /// <summary>Ed25519 (RFC 8032), 64-byte signatures.</summary>
    Ed25519 = 2,

    /// <summary>
    /// ML-DSA-44 (FIPS 204) and ECDSA P-256 with SHA-256 together; 2,484-byte signatures, valid only when both halves are.
    /// Where the platform has ML-DSA: see <see cref="SignatureAlgorithmNames.IsSupported"/>.
    /// </summary>
    MlDsa44EcdsaP256 = 3,
}

/// <summary>The algorithm's name as it stands in key texts and key ids. Names are permanent.</summary>
public static class SignatureAlgorithmNames
{
    public static string Name(this SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 => "ecdsa-p256-sha256",
        SignatureAlgorithm.Ed25519 => "ed25519",
        SignatureAlgorithm.MlDsa44EcdsaP256 => "ml-dsa-44+ecdsa-p256-sha256",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a signature algorithm."),
    };

    /// <summary>Whether this platform makes and checks such signatures. Where it does not, such keys are refused as a whole.</summary>
    public static bool IsSupported(this SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.Ed25519 => true,
        SignatureAlgorithm.MlDsa44EcdsaP256 => MlDsa44.IsSupported,
        _ => false,
    };

    public static bool TryParse([NotNullWhen(true)] string? name, out SignatureAlgorithm algorithm)
    {
        algorithm = name switch
        {
            "ecdsa-p256-sha256" => SignatureAlgorithm.EcdsaP256Sha256,
            "ed25519" => SignatureAlgorithm.Ed25519,
            "ml-dsa-44+ecdsa-p256-sha256" => SignatureAlgorithm.MlDsa44EcdsaP256,
            _ => SignatureAlgorithm.None,
        };
        return algorithm != SignatureAlgorithm.None;
    }
}
