using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What a provider signs for each answer to a pull. With no items it says "nothing to report" for its range.</summary>
/// <param name="Type">"ssashare/manifest/v1".</param>
/// <param name="Agreement">Under which everything in it is released.</param>
/// <param name="Provider">Who signs.</param>
/// <param name="Receiver">For whom.</param>
/// <param name="AfterPosition">Feed position that the receiver had reached.</param>
/// <param name="ToPosition">Feed position reached with this answer: everything between was considered.</param>
/// <param name="Previous">The manifest of the answer before this one; null for the first.</param>
/// <param name="PublicationCount">Publications of which something is released.</param>
/// <param name="ItemCount">Records released.</param>
/// <param name="ItemRoot">RFC 6962 root over the released records' leaf hashes in order; of the empty tree when there are none.</param>
/// <param name="Complete">Everything that the agreement grants up to the watermark has now been given; false when more is waiting.</param>
/// <param name="Watermark">When the feed was read.</param>
/// <param name="Checkpoint">The provider's newest log checkpoint, a signed note.</param>
public sealed record ManifestDocument(
    string Type, AgreementId Agreement, PartnerId Provider, PartnerId Receiver,
    long AfterPosition, long ToPosition, Hash256? Previous,
    int PublicationCount, int ItemCount, Hash256 ItemRoot, bool Complete, Epoch Watermark, string Checkpoint) : ITypedDocument;
