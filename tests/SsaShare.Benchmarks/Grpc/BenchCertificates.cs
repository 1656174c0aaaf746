using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsaShare.Benchmarks.Grpc;

/// <summary>Self-signed P-256 certificates; the other side knows them by their fingerprint.</summary>
internal static class BenchCertificates
{
    public static X509Certificate2 Create(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>SHA-256 of the certificate, in hexadecimal.</summary>
    public static string Fingerprint(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
