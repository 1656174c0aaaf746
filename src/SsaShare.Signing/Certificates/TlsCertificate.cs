using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SsaShare.Signing;

/// <summary>Self-signed P-256 certificates: trust comes from the pin in a node card, not from an authority.</summary>
public static class TlsCertificate
{
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthenticationOid = "1.3.6.1.5.5.7.3.2";

    /// <summary>How long a certificate is valid unless the caller says otherwise: two years of 365 days.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(2 * 365);

    /// <summary>A node's certificate, for both ends of a connection, with its new private key.</summary>
    /// <param name="commonName">Name shown to people, 1 to 64 characters.</param>
    /// <param name="dnsNames">Names that peers reach the node by.</param>
    /// <param name="addresses">IP addresses that peers reach the node by.</param>
    /// <param name="notBefore">Start of validity; whole seconds count.</param>
    /// <param name="lifetime">Default <see cref="DefaultLifetime"/>.</param>
    /// <exception cref="ArgumentException">The common name has no or too many characters, there is no name or address, or the lifetime is not positive.</exception>
    public static X509Certificate2 CreateForNode(string commonName, IEnumerable<string> dnsNames, IEnumerable<IPAddress> addresses,
        DateTimeOffset notBefore, TimeSpan? lifetime = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        int count = 0;
        foreach (string dnsName in dnsNames)
        {
            names.AddDnsName(dnsName);
            count++;
        }

        foreach (IPAddress address in addresses)
        {
            names.AddIpAddress(address);
            count++;
        }

        return count == 0
            ? throw new ArgumentException("A node needs a DNS name or an address.", nameof(dnsNames))
            : Create(commonName, names.Build(), [ServerAuthenticationOid, ClientAuthenticationOid], notBefore, lifetime);
    }

    /// <summary>An operator's certificate, for the client's end only, with its new private key.</summary>
    /// <param name="operatorName">Name shown to people and kept in logs, 1 to 64 characters.</param>
    /// <param name="notBefore">Start of validity; whole seconds count.</param>
    /// <param name="lifetime">Default <see cref="DefaultLifetime"/>.</param>
    /// <exception cref="ArgumentException">The name has no or too many characters, or the lifetime is not positive.</exception>
    public static X509Certificate2 CreateForOperator(string operatorName, DateTimeOffset notBefore, TimeSpan? lifetime = null)
        => Create(operatorName, alternativeNames: null, [ClientAuthenticationOid], notBefore, lifetime);

    private static X509Certificate2 Create(string commonName, X509Extension? alternativeNames, string[] usages,
        DateTimeOffset notBefore, TimeSpan? lifetime)
    {
        TimeSpan validFor = lifetime ?? DefaultLifetime;
        if (commonName.Length is < 1 or > 64 || validFor <= TimeSpan.Zero)
        {
            throw new ArgumentException("A certificate needs a common name of 1 to 64 characters and a positive lifetime.", nameof(commonName));
        }

        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var enhancedUsages = new OidCollection();
        foreach (string usage in usages)
        {
            enhancedUsages.Add(new Oid(usage));
        }

        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(enhancedUsages, critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (alternativeNames is not null)
        {
            request.CertificateExtensions.Add(alternativeNames);
        }

        return request.CreateSelfSigned(notBefore, notBefore + validFor);
    }
}
