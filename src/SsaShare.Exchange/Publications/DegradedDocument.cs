using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What a provider signs for records of one publication that it degraded: that it made these of records under that originator's root.</summary>
/// <param name="Type">"ssashare/degraded/v1".</param>
/// <param name="Provider">Who degraded them and signs.</param>
/// <param name="Originator">Whose records they were.</param>
/// <param name="Publication">SHA-256 of the payload of the originator's signed publication.</param>
/// <param name="Agreement">Under which they were degraded.</param>
/// <param name="Profile">The agreement's degradation profile.</param>
/// <param name="Size">Number of degraded records, 1 to 1,000.</param>
/// <param name="Root">RFC 6962 root over the degraded records' salted leaf hashes.</param>
public sealed record DegradedDocument(
    string Type, PartnerId Provider, PartnerId Originator, Hash256 Publication, AgreementId Agreement, ProfileId Profile, int Size, Hash256 Root) : ITypedDocument;
